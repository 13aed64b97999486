import { type JsonObject, objectOf } from "../json/json-object.ts";

/** What only a provider's own answer tells of the tokens of a call. */
export interface Usage {
	readonly cacheRead?: unknown;
	readonly cacheWrite?: unknown;
	readonly reasoning?: unknown;
	/** Anthropic's count of tokens in, which leaves out what was read from and written to a cache. */
	readonly uncachedInput?: unknown;
}

/** Reads the `usage` of OpenAI's and Anthropic's answers; undefined where there is none. */
export function usageOf(answer: JsonObject): Usage | undefined {
	const usage = objectOf(answer.usage);
	if (!usage) return undefined;
	const input = objectOf(usage.prompt_tokens_details) ?? objectOf(usage.input_tokens_details);
	const output = objectOf(usage.completion_tokens_details) ?? objectOf(usage.output_tokens_details);
	const isAnthropic = "cache_read_input_tokens" in usage || "cache_creation_input_tokens" in usage;
	const found: Usage = {
		cacheRead: usage.cache_read_input_tokens ?? input?.cached_tokens,
		cacheWrite: usage.cache_creation_input_tokens,
		reasoning: output?.reasoning_tokens,
		uncachedInput: isAnthropic ? usage.input_tokens : undefined,
	};
	return Object.values(found).some((value) => value !== undefined) ? found : undefined;
}
