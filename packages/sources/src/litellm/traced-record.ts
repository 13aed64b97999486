import { firstText, type JsonObject, objectOf, textOf } from "../json/json-object.ts";
import type { RawCall } from "../llm-call/raw-call.ts";
import { cacheTokens } from "./cache-tokens.ts";
import { peopleOf, said } from "./people.ts";
import { recordId } from "./record-id.ts";

/**
 * A record of usage, attributes and metadata, as traces of a proxy are exported. Time and usage must be there: a record
 * without them is kept as a dead letter, never dated now or counted as nothing.
 */
export function callOfTracedRecord(record: JsonObject): RawCall {
	const metadata = metadataOf(record);
	const first = (...names: string[]) =>
		names.map((name) => said(record, metadata, name)).find((text) => text !== undefined);
	const status = first("status_code", "http.status_code", "response.status_code", "status");
	const usage = objectOf(record.usage);
	return {
		id: recordId(record),
		timestamp: firstText(record, "timestamp", "start_time"),
		durationMs: first("latency_ms", "request.latency_ms", "response.latency_ms", "duration_ms"),
		traceId: firstText(record, "trace_id"),
		...peopleOf(record, metadata),
		provider: first("llm.provider", "provider", "custom_llm_provider"),
		model: first("llm.model_name", "model", "llm.model", "model_name"),
		...tokensOf(usage ?? {}),
		...cacheTokens(record),
		reportedCost: first("cost_usd", "response_cost"),
		success: outcomeOf(status),
		httpStatus: status,
		refused: usage ? undefined : "usage is missing",
	};
}

/** An object, JSON in a text, or any other text, in which at least a session may be named. */
function metadataOf(record: JsonObject): JsonObject {
	const found = record.metadata ?? record["attributes.metadata"] ?? objectOf(record.attributes)?.metadata;
	return objectOf(found) ?? (typeof found === "string" ? { raw: found } : {});
}

/** What of input, output and total is not given follows from the others; a mere total counts as input. */
function tokensOf(usage: JsonObject): Pick<RawCall, "inputTokens" | "outputTokens" | "totalTokens"> {
	const input = firstText(usage, "input_tokens", "prompt_tokens");
	const output = firstText(usage, "output_tokens", "completion_tokens");
	const total = firstText(usage, "total_tokens");
	const rest = (part: string | undefined) =>
		total === undefined ? undefined : textOf(Math.max(Number(total) - Number(part ?? 0), 0));
	const inputTokens = input ?? rest(output);
	return { inputTokens, outputTokens: output ?? rest(inputTokens), totalTokens: total };
}

function outcomeOf(status: string | undefined): string | undefined {
	if (status === undefined) return undefined;
	if (/^[1-5]\d\d$/.test(status)) return String(Number(status) < 400);
	return /^(success|ok|failure|failed|error)$/i.test(status) ? status : undefined;
}
