import { identifyRecord, type RawCall } from "@tidemark/calls";
import { findText, type JsonObject, toObject } from "../json/json-object.ts";
import { readDetailTokens } from "../usage-details.ts";
import { readPeople } from "./people.ts";

/** Either place of what LiteLLM says about a failure: in its payload, or in the metadata of a row. */
const inErrors = (name: string) => [`error_information.${name}`, `metadata.error_information.${name}`];

/**
 * Reads what LiteLLM itself says about a call: the StandardLoggingPayload that its callbacks write, or a row of the
 * proxy's table LiteLLM_SpendLogs, as its API and some callbacks hand it out; there JSON columns are text.
 * Formats: litellm/types/utils.py and litellm/proxy/schema.prisma of https://github.com/BerriAI/litellm
 *
 * `response_time` is left alone: for a stream it is the time to the first token.
 */
export function readLoggedCall(record: JsonObject): RawCall {
	const text = (...paths: string[]) => findText(record, ...paths);
	const endedAt = text("endTime");
	const firstTokenAt = text("completionStartTime");
	// Without a stream the first token came with the last. Rows do not say which it was.
	const isStream = (text("stream") === "true" || Object.hasOwn(record, "spend")) && firstTokenAt !== endedAt;
	// If LiteLLM could not find a price it says so, and writes 0.
	const isPriced = !toObject(record.response_cost_failure_debug_info);
	return {
		...readPeople(record, toObject(record.metadata) ?? {}),
		...readDetailTokens(record),
		id: findCallId(record),
		timestamp: text("startTime"),
		endedAt,
		firstTokenAt: isStream ? firstTokenAt : undefined,
		durationMs: endedAt === undefined ? text("request_duration_ms") : undefined,
		traceId: text("trace_id", "session_id"),
		provider: text("custom_llm_provider"),
		model: readModel(record),
		operation: text("call_type"),
		inputTokens: text("prompt_tokens"),
		outputTokens: text("completion_tokens"),
		totalTokens: text("total_tokens"),
		reportedCost: isPriced ? text("spend", "response_cost", "hidden_params.response_cost") : undefined,
		success: text("status", "metadata.status"),
		httpStatus: text(...inErrors("error_code")),
		errorType: text(...inErrors("error_class")),
		errorMessage: text(...inErrors("error_message"), "error_str"),
		gatewayCacheHit: text("cache_hit"),
		metadata: {
			model_group: text("model_group"),
			team: text("metadata.user_api_key_team_alias", "team_id", "metadata.user_api_key_team_id"),
			key_alias: text("metadata.user_api_key_alias"),
		},
	};
}

/**
 * What names a call: the provider's id of the answer, or for a failure LiteLLM's own id of the call.
 *
 * An answer from LiteLLM's cache has the id of the first answer and a time behind it, another one each time it is logged:
 * such a call goes by LiteLLM's id, if there is one.
 */
function findCallId(record: JsonObject): string {
	const id = findText(record, "request_id", "id");
	const callId = findText(record, "litellm_call_id", "metadata.litellm_call_id");
	const isFromCache = id !== undefined && /_cache_hit[\d.]*$/.test(id);
	return (isFromCache ? (callId ?? id) : (id ?? callId)) ?? identifyRecord(record);
}

/** The model without its provider before it: callbacks and tables of LiteLLM differ in that, and a failure has none. */
export function readModel(record: JsonObject): string | undefined {
	const model = findText(record, "model");
	const prefix = `${findText(record, "custom_llm_provider")}/`;
	return model?.startsWith(prefix) ? model.slice(prefix.length) || undefined : model;
}
