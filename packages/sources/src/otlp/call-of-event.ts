import { hash } from "node:crypto";
import { firstText, type JsonObject, textOf } from "../json/json-object.ts";
import type { RawCall } from "../llm-call/raw-call.ts";
import { sumOf } from "../llm-call/sum-of.ts";
import { type Attributes, attributesOf, firstOf } from "./attributes.ts";
import { nanoseconds, placeOf } from "./call-of-span.ts";

/** Both name Claude Code's events, with and without its name before them. */
const requests = /^(claude_code\.)?api_request$/;
const failures = /^(claude_code\.)?api_error$/;

/**
 * The call that an event of Claude Code tells of; undefined for every other log record. Its metrics sum up the same
 * calls and are left alone.
 */
export function callOfEvent(record: JsonObject, resource: Attributes): RawCall | undefined {
	const attributes = attributesOf(record.attributes);
	const first = (...names: string[]) => firstOf(attributes, ...names);
	const name = first("event.name") ?? firstText(record, "body.stringValue") ?? "";
	const hasFailed = failures.test(name);
	if (!hasFailed && !requests.test(name)) return undefined;
	const timestamp = nanoseconds(record.timeUnixNano) ?? nanoseconds(record.observedTimeUnixNano);
	const cacheReadTokens = first("cache_read_tokens");
	const cacheWriteTokens = first("cache_creation_tokens");
	return {
		id: first("request_id") ?? identityOf(timestamp, attributes),
		timestamp,
		durationMs: first("duration_ms"),
		traceId: textOf(record.traceId)?.toLowerCase(),
		sessionId: first("session.id"),
		provider: "anthropic",
		model: first("model"),
		operation: "chat",
		// Told without what went through the prompt cache.
		inputTokens: sumOf(first("input_tokens"), cacheReadTokens, cacheWriteTokens),
		outputTokens: first("output_tokens"),
		cacheReadTokens,
		cacheWriteTokens,
		reportedCost: first("cost_usd"),
		success: String(!hasFailed),
		httpStatus: first("status_code"),
		errorMessage: first("error"),
		developer: first("user.id", "user.email"),
		...placeOf(resource),
	};
}

function identityOf(timestamp: string | undefined, attributes: Attributes): string {
	const content = JSON.stringify([timestamp, ...[...attributes].sort(([left], [right]) => (left < right ? -1 : 1))]);
	return hash("sha256", content, "base64url").slice(0, 22);
}
