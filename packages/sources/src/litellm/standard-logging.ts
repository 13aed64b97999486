import { firstText, type JsonObject, objectOf, textOf } from "../json/json-object.ts";
import type { RawCall } from "../llm-call/raw-call.ts";
import { wordsOf } from "../llm-call/words-of.ts";
import { cacheTokens } from "./cache-tokens.ts";
import { callIdOf } from "./call-id.ts";
import { modelOf } from "./model-of.ts";
import { peopleOf } from "./people.ts";

/**
 * LiteLLM's StandardLoggingPayload, as its callbacks write it.
 * Format: litellm/types/utils.py of https://github.com/BerriAI/litellm
 *
 * `response_time` is left alone: of a stream it is the time to the first token.
 */
export function callOfStandardLogging(record: JsonObject): RawCall {
	const metadata = objectOf(record.metadata) ?? {};
	const text = (...paths: string[]) => firstText(record, ...paths);
	// Only of a stream it says when the first token came.
	const isStream = text("stream") === "true" && text("completionStartTime") !== text("endTime");
	return {
		id: callIdOf(record, "id"),
		timestamp: text("startTime"),
		endedAt: text("endTime"),
		firstTokenAt: isStream ? text("completionStartTime") : undefined,
		traceId: text("trace_id"),
		...peopleOf(record, metadata),
		provider: text("custom_llm_provider"),
		model: modelOf(record),
		operation: text("call_type"),
		inputTokens: text("prompt_tokens"),
		outputTokens: text("completion_tokens"),
		totalTokens: text("total_tokens"),
		...cacheTokens(record),
		reportedCost: costOf(record),
		success: text("status", "metadata.status"),
		httpStatus: text("error_information.error_code"),
		errorType: text("error_information.error_class"),
		errorMessage: text("error_information.error_message", "error_str"),
		gatewayCacheHit: text("cache_hit"),
		metadata: wordsOf({
			model_group: text("model_group"),
			team: text("metadata.user_api_key_team_alias", "metadata.user_api_key_team_id"),
			key_alias: text("metadata.user_api_key_alias"),
		}),
	};
}

/** Where LiteLLM could not find a price it says so, and writes 0. */
function costOf(record: JsonObject): string | undefined {
	if (objectOf(record.response_cost_failure_debug_info)) return undefined;
	return textOf(record.response_cost) ?? firstText(record, "hidden_params.response_cost");
}
