import { firstText, type JsonObject } from "../json/json-object.ts";
import type { RawCall } from "../llm-call/raw-call.ts";
import { modelOf } from "./model-of.ts";
import { peopleOf } from "./people.ts";
import { recordId } from "./record-id.ts";

/**
 * What the first version of LiteLLM's generic callback wrote: every value as text, objects as Python prints them, and
 * `None` for what is missing.
 */
export function callOfGenericRecord(record: JsonObject): RawCall {
	const text = (name: string) => {
		const found = firstText(record, name);
		return found === "None" ? undefined : found;
	};
	const usage = text("usage") ?? "";
	return {
		id: text("id") ?? recordId(record),
		timestamp: text("startTime"),
		endedAt: text("endTime"),
		...peopleOf({ user: text("user") }, { raw: text("metadata") ?? "" }),
		model: modelOf(record),
		operation: text("call_type"),
		inputTokens: printed(usage, "prompt_tokens") ?? text("prompt_tokens"),
		outputTokens: printed(usage, "completion_tokens") ?? text("completion_tokens"),
		totalTokens: printed(usage, "total_tokens") ?? text("total_tokens"),
		cacheReadTokens: printed(usage, "cache_read_input_tokens") ?? printed(usage, "cached_tokens"),
		cacheWriteTokens: printed(usage, "cache_creation_input_tokens"),
		reasoningTokens: printed(usage, "reasoning_tokens"),
		reportedCost: text("cost"),
		gatewayCacheHit: text("cache_hit"),
	};
}

/** A figure in `Usage(prompt_tokens=10, …)` or `{'prompt_tokens': 10, …}`. */
function printed(usage: string, name: string): string | undefined {
	return new RegExp(`\\b${name}['"]?\\s*[:=]\\s*(\\d+)`).exec(usage)?.[1];
}
