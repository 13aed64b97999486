import type { RawCall } from "./raw-call.ts";

/** Attributes by name, each as text. */
export type Attributes = ReadonlyMap<string, string>;

/** The first of some attributes that is there. */
export function findAttribute(attributes: Attributes, ...names: readonly string[]): string | undefined {
	for (const name of names) {
		const text = attributes.get(name);
		if (text !== undefined) return text;
	}
	return undefined;
}

/** Calls to a model. Spans of agents, workflows and tools repeat the usage of the calls inside them. */
const inferences: ReadonlySet<string> = new Set(["chat", "text_completion", "generate_content", "embeddings"]);

/** Which attributes hold which field: present names first, then earlier ones. */
const attributesOfField = {
	provider: ["gen_ai.provider.name", "gen_ai.system"],
	model: ["gen_ai.response.model", "gen_ai.request.model"],
	sessionId: ["gen_ai.conversation.id", "session.id"],
	inputTokens: ["gen_ai.usage.input_tokens", "gen_ai.usage.prompt_tokens"],
	outputTokens: ["gen_ai.usage.output_tokens", "gen_ai.usage.completion_tokens"],
	totalTokens: ["gen_ai.usage.total_tokens"],
	cacheReadTokens: ["gen_ai.usage.cache_read.input_tokens", "gen_ai.usage.cache_read_input_tokens"],
	cacheWriteTokens: ["gen_ai.usage.cache_creation.input_tokens", "gen_ai.usage.cache_creation_input_tokens"],
	reasoningTokens: ["gen_ai.usage.reasoning.output_tokens", "gen_ai.usage.reasoning_tokens"],
	reportedCost: ["gen_ai.usage.cost"],
	httpStatus: ["http.response.status_code", "error.type", "exception.type"],
	errorType: ["error.type", "exception.type"],
	developer: ["user.id", "enduser.id", "user.email"],
} as const satisfies Partial<Record<keyof RawCall, readonly string[]>>;

/**
 * Reads what OpenTelemetry's conventions for generative AI say about a call to a model; undefined for anything else.
 * Names: https://github.com/open-telemetry/semantic-conventions-genai
 *
 * @param spanName `chat gpt-4o`: begins with the operation, for programs that leave its attribute out
 */
export function readGenAiCall(attributes: Attributes, spanName: string | undefined): Omit<RawCall, "id"> | undefined {
	const operation = attributes.get("gen_ai.operation.name") ?? spanName?.split(" ")[0];
	if (operation === undefined || !inferences.has(operation)) return undefined;
	if (![...attributes.keys()].some((name) => name.startsWith("gen_ai."))) return undefined;
	const fields = Object.entries(attributesOfField).map(([field, names]) => [
		field,
		findAttribute(attributes, ...names),
	]);
	const firstChunk = findAttribute(
		attributes,
		"gen_ai.response.time_to_first_chunk",
		"gen_ai.server.time_to_first_token",
	);
	return { ...Object.fromEntries(fields), operation, ttftMs: toMilliseconds(firstChunk) };
}

function toMilliseconds(seconds: string | undefined): string | undefined {
	return seconds === undefined ? undefined : String(Number((Number(seconds) * 1000).toFixed(6)));
}
