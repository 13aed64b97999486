import { firstText, type JsonObject } from "../json/json-object.ts";
import type { RawCall } from "../llm-call/raw-call.ts";

/** Where LiteLLM may have left the usage as the provider told it; the first with a figure is taken. */
const usages = ["metadata.usage_object", "response.usage", "metadata.additional_usage_values", "usage"];

const read = ["cache_read_input_tokens", "prompt_tokens_details.cached_tokens", "input_tokens_details.cached_tokens"];
const written = [
	"cache_creation_input_tokens",
	"prompt_tokens_details.cache_creation_tokens",
	"prompt_tokens_details.cache_write_tokens",
];
const reasoning = ["completion_tokens_details.reasoning_tokens", "output_tokens_details.reasoning_tokens"];

/** Tokens that went through the provider's prompt cache, and those of reasoning. */
export function cacheTokens(
	record: JsonObject,
): Pick<RawCall, "cacheReadTokens" | "cacheWriteTokens" | "reasoningTokens"> {
	const inUsages = (names: readonly string[]) => usages.flatMap((usage) => names.map((name) => `${usage}.${name}`));
	return {
		cacheReadTokens: firstText(record, ...inUsages(read), "cache_read_tokens", "cache_read_input_tokens"),
		cacheWriteTokens:
			firstText(record, ...inUsages(written), "cache_creation_tokens", "cache_creation_input_tokens") ??
			splitWrites(record),
		reasoningTokens: firstText(record, ...inUsages(reasoning), "reasoning_tokens"),
	};
}

/** Only by how long they are kept: five minutes and an hour. */
function splitWrites(record: JsonObject): string | undefined {
	for (const usage of usages) {
		const parts = ["ephemeral_5m_input_tokens", "ephemeral_1h_input_tokens"].map((name) =>
			firstText(
				record,
				`${usage}.prompt_tokens_details.cache_creation_token_details.${name}`,
				`${usage}.cache_creation.${name}`,
			),
		);
		const figures = parts.filter((part) => part !== undefined).map(Number);
		if (figures.length > 0) return String(figures.reduce((sum, figure) => sum + figure, 0));
	}
	return undefined;
}
