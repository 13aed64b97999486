import { firstText, type JsonObject, objectOf } from "../json/json-object.ts";
import type { RawCall } from "../llm-call/raw-call.ts";
import { wordsOf } from "../llm-call/words-of.ts";
import { cacheTokens } from "./cache-tokens.ts";
import { callIdOf } from "./call-id.ts";
import { modelOf } from "./model-of.ts";
import { peopleOf } from "./people.ts";

/**
 * A row of the proxy's table LiteLLM_SpendLogs, as its API and some callbacks hand it out; there JSON columns are text.
 * Format: litellm/proxy/schema.prisma of https://github.com/BerriAI/litellm
 */
export function callOfSpendLog(record: JsonObject): RawCall {
	const metadata = objectOf(record.metadata) ?? {};
	const text = (...paths: string[]) => firstText(record, ...paths);
	const endedAt = text("endTime");
	// Of a call that was not streamed the first token came with the last.
	const firstTokenAt = text("completionStartTime");
	return {
		id: callIdOf(record, "request_id"),
		timestamp: text("startTime"),
		endedAt,
		firstTokenAt: firstTokenAt === endedAt ? undefined : firstTokenAt,
		durationMs: endedAt === undefined ? text("request_duration_ms") : undefined,
		traceId: text("session_id"),
		...peopleOf(record, metadata),
		provider: text("custom_llm_provider"),
		model: modelOf(record),
		operation: text("call_type"),
		inputTokens: text("prompt_tokens"),
		outputTokens: text("completion_tokens"),
		totalTokens: text("total_tokens"),
		...cacheTokens(record),
		reportedCost: text("spend"),
		success: text("status", "metadata.status"),
		httpStatus: text("metadata.error_information.error_code"),
		errorType: text("metadata.error_information.error_class"),
		errorMessage: text("metadata.error_information.error_message"),
		gatewayCacheHit: text("cache_hit"),
		metadata: wordsOf({
			model_group: text("model_group"),
			team: text("metadata.user_api_key_team_alias", "team_id"),
			key_alias: text("metadata.user_api_key_alias"),
		}),
	};
}
