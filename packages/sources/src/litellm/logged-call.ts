import type { RawCall } from "@tidemark/calls";
import { findText, type JsonObject, toObject, toText } from "../json/json-object.ts";
import { readPeople } from "./people.ts";
import { readCallId, readDetailTokens, readModel } from "./shared-fields.ts";

/**
 * Reads LiteLLM's StandardLoggingPayload, as its callbacks write it.
 * Format: litellm/types/utils.py of https://github.com/BerriAI/litellm
 *
 * `response_time` is left alone: for a stream it is the time to the first token.
 */
export function readStandardLogging(record: JsonObject): RawCall {
	const text = (...paths: string[]) => findText(record, ...paths);
	// Only a stream says when the first token came.
	const isStream = text("stream") === "true" && text("completionStartTime") !== text("endTime");
	// If LiteLLM could not find a price it says so, and writes 0.
	const isPriced = !toObject(record.response_cost_failure_debug_info);
	return {
		...readShared(record, ""),
		id: readCallId(record, "id"),
		firstTokenAt: isStream ? text("completionStartTime") : undefined,
		traceId: text("trace_id"),
		reportedCost: isPriced ? (toText(record.response_cost) ?? text("hidden_params.response_cost")) : undefined,
		errorMessage: text("error_information.error_message", "error_str"),
	};
}

/**
 * Reads a row of the proxy's table LiteLLM_SpendLogs, as its API and some callbacks hand it out; there JSON columns are
 * text. Format: litellm/proxy/schema.prisma of https://github.com/BerriAI/litellm
 */
export function readSpendLog(record: JsonObject): RawCall {
	const text = (...paths: string[]) => findText(record, ...paths);
	const endedAt = text("endTime");
	// Without a stream the first token came with the last.
	const firstTokenAt = text("completionStartTime");
	return {
		...readShared(record, "metadata."),
		id: readCallId(record, "request_id"),
		firstTokenAt: firstTokenAt === endedAt ? undefined : firstTokenAt,
		durationMs: endedAt === undefined ? text("request_duration_ms") : undefined,
		traceId: text("session_id"),
		reportedCost: text("spend"),
		errorMessage: text("metadata.error_information.error_message"),
	};
}

/** What both write under the same names; `errorsIn` is where their `error_information` stands. */
function readShared(record: JsonObject, errorsIn: "" | "metadata."): Omit<RawCall, "id"> {
	const text = (...paths: string[]) => findText(record, ...paths);
	return {
		...readPeople(record, toObject(record.metadata) ?? {}),
		...readDetailTokens(record),
		timestamp: text("startTime"),
		endedAt: text("endTime"),
		provider: text("custom_llm_provider"),
		model: readModel(record),
		operation: text("call_type"),
		inputTokens: text("prompt_tokens"),
		outputTokens: text("completion_tokens"),
		totalTokens: text("total_tokens"),
		success: text("status", "metadata.status"),
		httpStatus: text(`${errorsIn}error_information.error_code`),
		errorType: text(`${errorsIn}error_information.error_class`),
		gatewayCacheHit: text("cache_hit"),
		metadata: {
			model_group: text("model_group"),
			team: text("metadata.user_api_key_team_alias", errorsIn ? "team_id" : "metadata.user_api_key_team_id"),
			key_alias: text("metadata.user_api_key_alias"),
		},
	};
}
