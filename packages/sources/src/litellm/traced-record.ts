import { identifyRecord, type RawCall } from "@tidemark/calls";
import { findText, type JsonObject, toObject, toText } from "../json/json-object.ts";
import { findWord, readPeople } from "./people.ts";
import { readDetailTokens } from "./shared-fields.ts";

/**
 * Reads a record of usage, attributes and metadata, as traces of a proxy are exported. Time and usage must be there: a
 * record without them is kept as a dead letter, never dated now or counted as nothing.
 */
export function readTracedRecord(record: JsonObject): RawCall {
	const metadata = readMetadata(record);
	const first = (...names: string[]) =>
		names.map((name) => findWord(record, metadata, name)).find((text) => text !== undefined);
	const status = first("status_code", "http.status_code", "response.status_code", "status");
	const usage = toObject(record.usage);
	return {
		id: identifyRecord(record),
		timestamp: findText(record, "timestamp", "start_time"),
		durationMs: first("latency_ms", "request.latency_ms", "response.latency_ms", "duration_ms"),
		traceId: findText(record, "trace_id"),
		...readPeople(record, metadata),
		provider: first("llm.provider", "provider", "custom_llm_provider"),
		model: first("llm.model_name", "model", "llm.model", "model_name"),
		...readUsage(usage ?? {}),
		...readDetailTokens(record),
		reportedCost: first("cost_usd", "response_cost"),
		success: readOutcome(status),
		httpStatus: status,
		refused: usage ? undefined : "usage is missing",
	};
}

/** An object, JSON in a text, or any other text, in which at least a session may be named. */
function readMetadata(record: JsonObject): JsonObject {
	const found = record.metadata ?? record["attributes.metadata"] ?? toObject(record.attributes)?.metadata;
	return toObject(found) ?? (typeof found === "string" ? { raw: found } : {});
}

/** What is not given follows from the other counts; a mere total counts as input. */
function readUsage(usage: JsonObject): Partial<RawCall> {
	const input = findText(usage, "input_tokens", "prompt_tokens");
	const output = findText(usage, "output_tokens", "completion_tokens");
	const totalTokens = findText(usage, "total_tokens");
	const rest = (part: string | undefined) =>
		totalTokens === undefined ? undefined : toText(Math.max(Number(totalTokens) - Number(part ?? 0), 0));
	const inputTokens = input ?? rest(output);
	return { inputTokens, outputTokens: output ?? rest(inputTokens), totalTokens };
}

function readOutcome(status: string | undefined): string | undefined {
	if (status === undefined) return undefined;
	if (/^[1-5]\d\d$/.test(status)) return String(Number(status) < 400);
	return /^(success|ok|failure|failed|error)$/i.test(status) ? status : undefined;
}
