import { identifyRecord, type RawCall } from "@tidemark/calls";
import { findText, type JsonObject, toObject, toText } from "../json/json-object.ts";
import { readDetailTokens } from "../usage-details.ts";
import { readModel } from "./logged-call.ts";
import { findWord, readPeople } from "./people.ts";

/**
 * Reads what people's own loggers write: a flat record, one with its tokens in an object `tokens`, or usage, attributes
 * and metadata, as traces of a proxy are exported. Those must have a time and usage: a record without them is kept as a
 * dead letter, never dated now or counted as nothing.
 */
export function readOwnRecord(record: JsonObject): RawCall {
	const metadata = readMetadata(record);
	const first = (...names: string[]) =>
		names.map((name) => findWord(record, metadata, name)).find((text) => text !== undefined);
	const isTraced = Object.hasOwn(record, "usage") || Object.hasOwn(record, "attributes");
	const usage = toObject(record.usage);
	const status = first("status_code", "http.status_code", "response.status_code", "status");
	return {
		id: (isTraced ? undefined : findText(record, "request_id", "call_id", "id")) ?? identifyRecord(record),
		timestamp: findText(record, "timestamp", "start_time"),
		durationMs: first("latency_ms", "request.latency_ms", "response.latency_ms", "duration_ms"),
		ttftMs: first("ttft_ms"),
		traceId: findText(record, "trace_id"),
		...readPeople(record, metadata),
		provider: first("llm.provider", "provider", "custom_llm_provider"),
		model: first("llm.model_name") ?? readModel(record) ?? first("model", "llm.model", "model_name"),
		operation: first("call_type", "operation"),
		...(isTraced ? readUsage(usage ?? {}) : readCounts(toObject(record.tokens) ?? record)),
		...readDetailTokens(record),
		reportedCost: first("cost_usd", "response_cost", "cost"),
		success: readOutcome(first("success") ?? status),
		httpStatus: status,
		errorType: findText(record, "error_type", "error.type"),
		errorMessage: findText(record, "error.message", "error", "error_message"),
		gatewayCacheHit: first("cache_hit"),
		metadata: { agent: findText(record, "agent") },
		refused: isTraced && !usage ? "usage is missing" : undefined,
	};
}

/**
 * Reads what the first version of LiteLLM's generic callback wrote: every value as text, objects as Python prints them -
 * `Usage(prompt_tokens=10, …)` or `{'prompt_tokens': 10, …}` -, and `None` for what is missing.
 */
export function readPrintedRecord(record: JsonObject): RawCall {
	const known = Object.entries(record).filter(([, value]) => value !== "None");
	const figures = String(record.usage).matchAll(/\b(\w+)['"]?\s*[:=]\s*(\d+)/g);
	const usage = Array.from(figures, ([, name, figure]) => [name, figure]);
	const { usage: _, startTime, endTime, ...rest } = Object.fromEntries(known);
	const counts = usage.length > 0 ? { usage: Object.fromEntries(usage) } : {};
	const call = readOwnRecord({ ...rest, ...counts, timestamp: startTime });
	return { ...call, id: findText(record, "id") ?? call.id, endedAt: toText(endTime) };
}

/** An object, JSON in a text, or any other text, in which at least a session may be named. */
function readMetadata(record: JsonObject): JsonObject {
	const found = record.metadata ?? record["attributes.metadata"] ?? toObject(record.attributes)?.metadata;
	return toObject(found) ?? (typeof found === "string" ? { raw: found } : {});
}

function readCounts(counts: JsonObject) {
	return {
		inputTokens: findText(counts, "prompt_tokens", "input_tokens", "input"),
		outputTokens: findText(counts, "completion_tokens", "output_tokens", "output"),
		totalTokens: findText(counts, "total_tokens", "total"),
	};
}

/** What is not given follows from the other counts; a mere total counts as input. */
function readUsage(usage: JsonObject): Partial<RawCall> {
	const { inputTokens: input, outputTokens: output, totalTokens } = readCounts(usage);
	const rest = (part: string | undefined) =>
		totalTokens === undefined ? undefined : toText(Math.max(Number(totalTokens) - Number(part ?? 0), 0));
	const inputTokens = input ?? rest(output);
	return { inputTokens, outputTokens: output ?? rest(inputTokens), totalTokens };
}

/** By a status, or a word in its place; any other word does not say how it went. */
function readOutcome(text: string | undefined): string | undefined {
	if (text !== undefined && /^[1-5]\d\d$/.test(text)) return String(Number(text) < 400);
	return /^(true|false|success|succeeded|ok|failure|failed|fail|error)$/i.test(text ?? "") ? text : undefined;
}
