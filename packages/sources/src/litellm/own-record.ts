import { firstText, type JsonObject, objectOf } from "../json/json-object.ts";
import type { RawCall } from "../llm-call/raw-call.ts";
import { wordsOf } from "../llm-call/words-of.ts";
import { cacheTokens } from "./cache-tokens.ts";
import { modelOf } from "./model-of.ts";
import { peopleOf } from "./people.ts";
import { recordId } from "./record-id.ts";

/** What people's own loggers write: a flat record, or one with its tokens in an object `tokens`. */
export function callOfOwnRecord(record: JsonObject): RawCall {
	const text = (...paths: string[]) => firstText(record, ...paths);
	const outcome = text("success", "status");
	return {
		id: text("request_id", "call_id", "id") ?? recordId(record),
		timestamp: text("timestamp"),
		durationMs: text("latency_ms", "duration_ms"),
		ttftMs: text("ttft_ms"),
		traceId: text("trace_id"),
		...peopleOf(record, objectOf(record.metadata) ?? {}),
		provider: text("provider", "custom_llm_provider"),
		model: modelOf(record),
		operation: text("call_type", "operation"),
		inputTokens: text("tokens.input", "prompt_tokens", "input_tokens"),
		outputTokens: text("tokens.output", "completion_tokens", "output_tokens"),
		totalTokens: text("tokens.total", "total_tokens"),
		...cacheTokens(record),
		reportedCost: text("cost_usd", "response_cost", "cost"),
		success: isOutcome(outcome) ? outcome : undefined,
		httpStatus: text("status_code", "status"),
		errorType: text("error_type", "error.type"),
		errorMessage: text("error.message", "error", "error_message"),
		gatewayCacheHit: text("cache_hit"),
		metadata: wordsOf({ agent: text("agent") }),
	};
}

/** Any other word in its place does not tell how it went. */
function isOutcome(text: string | undefined): boolean {
	return text !== undefined && /^(true|false|success|succeeded|ok|failure|failed|fail|error)$/i.test(text);
}
