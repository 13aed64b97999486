import type { RawCall } from "@tidemark/calls";
import { findText, findValue, type JsonObject, toObject } from "./json/json-object.ts";

/** Where gateways leave the usage that the provider reported. */
const usagePaths = ["metadata.usage_object", "response.usage", "metadata.additional_usage_values", "usage"];

const lifetime = "prompt_tokens_details.cache_creation_token_details";

/** The first with a figure counts. */
const detailTokens = Object.entries({
	cacheReadTokens: [
		"cache_read_input_tokens",
		"prompt_tokens_details.cached_tokens",
		"input_tokens_details.cached_tokens",
		"cache_read_tokens",
		"cached_tokens",
	],
	cacheWriteTokens: [
		"cache_creation_input_tokens",
		"prompt_tokens_details.cache_creation_tokens",
		"prompt_tokens_details.cache_write_tokens",
		"cache_creation_tokens",
	],
	cacheWrite5mTokens: [`${lifetime}.ephemeral_5m_input_tokens`, "cache_creation.ephemeral_5m_input_tokens"],
	cacheWrite1hTokens: [`${lifetime}.ephemeral_1h_input_tokens`, "cache_creation.ephemeral_1h_input_tokens"],
	reasoningTokens: [
		"completion_tokens_details.reasoning_tokens",
		"output_tokens_details.reasoning_tokens",
		"reasoning_tokens",
	],
} satisfies Partial<Record<keyof RawCall, readonly string[]>>);

/** Tokens that went through the provider's prompt cache, and those of reasoning; the record itself is looked at last. */
export function readDetailTokens(record: JsonObject): Partial<RawCall> {
	const usages = usagePaths.map((path) => toObject(findValue(record, path)));
	const places = [...usages, record].filter((place) => place !== undefined);
	return Object.fromEntries(detailTokens.map(([field, names]) => [field, findIn(places, names)]));
}

function findIn(places: readonly JsonObject[], names: readonly string[]): string | undefined {
	for (const place of places) {
		const text = findText(place, ...names);
		if (text !== undefined) return text;
	}
	return undefined;
}
