import type { RawCall } from "@tidemark/calls";
import { findText, type JsonObject } from "./json/json-object.ts";

/** Where gateways leave the usage that the provider reported, and at last the record itself. */
const usages = ["metadata.usage_object.", "response.usage.", "metadata.additional_usage_values.", "usage.", ""];

const pathsInUsages = (...names: readonly string[]) => usages.flatMap((usage) => names.map((name) => usage + name));

const lifetime = "prompt_tokens_details.cache_creation_token_details";

/** The first with a figure counts. */
const detailTokens = {
	cacheReadTokens: pathsInUsages(
		"cache_read_input_tokens",
		"prompt_tokens_details.cached_tokens",
		"input_tokens_details.cached_tokens",
		"cache_read_tokens",
		"cached_tokens",
	),
	cacheWriteTokens: pathsInUsages(
		"cache_creation_input_tokens",
		"prompt_tokens_details.cache_creation_tokens",
		"prompt_tokens_details.cache_write_tokens",
		"cache_creation_tokens",
	),
	cacheWrite5mTokens: pathsInUsages(
		`${lifetime}.ephemeral_5m_input_tokens`,
		"cache_creation.ephemeral_5m_input_tokens",
	),
	cacheWrite1hTokens: pathsInUsages(
		`${lifetime}.ephemeral_1h_input_tokens`,
		"cache_creation.ephemeral_1h_input_tokens",
	),
	reasoningTokens: pathsInUsages(
		"completion_tokens_details.reasoning_tokens",
		"output_tokens_details.reasoning_tokens",
		"reasoning_tokens",
	),
} as const satisfies Partial<Record<keyof RawCall, readonly string[]>>;

/** Tokens that went through the provider's prompt cache, and those of reasoning. */
export function readDetailTokens(record: JsonObject): Partial<RawCall> {
	const fields = Object.entries(detailTokens).map(([field, paths]) => [field, findText(record, ...paths)]);
	return Object.fromEntries(fields);
}
