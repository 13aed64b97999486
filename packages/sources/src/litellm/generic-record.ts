import { identifyRecord, type RawCall } from "@tidemark/calls";
import { findText, type JsonObject } from "../json/json-object.ts";
import { readPeople } from "./people.ts";
import { readModel } from "./shared-fields.ts";

/**
 * Reads what the first version of LiteLLM's generic callback wrote: every value as text, objects as Python prints them,
 * and `None` for what is missing.
 */
export function readGenericRecord(record: JsonObject): RawCall {
	const text = (name: string) => {
		const found = findText(record, name);
		return found === "None" ? undefined : found;
	};
	const usage = text("usage") ?? "";
	/** A figure in `Usage(prompt_tokens=10, …)` or `{'prompt_tokens': 10, …}`. */
	const printed = (name: string) => new RegExp(`\\b${name}['"]?\\s*[:=]\\s*(\\d+)`).exec(usage)?.[1];
	return {
		id: text("id") ?? identifyRecord(record),
		timestamp: text("startTime"),
		endedAt: text("endTime"),
		...readPeople({ user: text("user") }, { raw: text("metadata") ?? "" }),
		model: readModel(record),
		operation: text("call_type"),
		inputTokens: printed("prompt_tokens") ?? text("prompt_tokens"),
		outputTokens: printed("completion_tokens") ?? text("completion_tokens"),
		totalTokens: printed("total_tokens") ?? text("total_tokens"),
		cacheReadTokens: printed("cache_read_input_tokens") ?? printed("cached_tokens"),
		cacheWriteTokens: printed("cache_creation_input_tokens"),
		reasoningTokens: printed("reasoning_tokens"),
		reportedCost: text("cost"),
		gatewayCacheHit: text("cache_hit"),
	};
}
