import { identifyRecord, type RawCall } from "@tidemark/calls";
import { findText, type JsonObject, toObject } from "../json/json-object.ts";
import { readPeople } from "./people.ts";
import { readDetailTokens, readModel } from "./shared-fields.ts";

/** Reads what people's own loggers write: a flat record, or one with its tokens in an object `tokens`. */
export function readOwnRecord(record: JsonObject): RawCall {
	const text = (...paths: string[]) => findText(record, ...paths);
	const outcome = text("success", "status");
	return {
		id: text("request_id", "call_id", "id") ?? identifyRecord(record),
		timestamp: text("timestamp"),
		durationMs: text("latency_ms", "duration_ms"),
		ttftMs: text("ttft_ms"),
		traceId: text("trace_id"),
		...readPeople(record, toObject(record.metadata) ?? {}),
		provider: text("provider", "custom_llm_provider"),
		model: readModel(record),
		operation: text("call_type", "operation"),
		inputTokens: text("tokens.input", "prompt_tokens", "input_tokens"),
		outputTokens: text("tokens.output", "completion_tokens", "output_tokens"),
		totalTokens: text("tokens.total", "total_tokens"),
		...readDetailTokens(record),
		reportedCost: text("cost_usd", "response_cost", "cost"),
		// Any other word in its place does not say how it went.
		success: outcomeWord.test(outcome ?? "") ? outcome : undefined,
		httpStatus: text("status_code", "status"),
		errorType: text("error_type", "error.type"),
		errorMessage: text("error.message", "error", "error_message"),
		gatewayCacheHit: text("cache_hit"),
		metadata: { agent: text("agent") },
	};
}

const outcomeWord = /^(true|false|success|succeeded|ok|failure|failed|fail|error)$/i;
