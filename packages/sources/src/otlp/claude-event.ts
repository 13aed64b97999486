import { type Attributes, findAttribute, hashIdentity, type RawCall } from "@tidemark/calls";
import { findText, type JsonObject, toText } from "../json/json-object.ts";

/** Both name Claude Code's events, with and without its name before them. */
const requests = /^(claude_code\.)?api_request$/;
const failures = /^(claude_code\.)?api_error$/;

/**
 * Reads the call that an event of Claude Code is about; undefined for every other log record. Its metrics sum up the
 * same calls and are left alone.
 */
export function readClaudeEvent(record: JsonObject, attributes: Attributes): RawCall | undefined {
	const name = attributes.get("event.name") ?? findText(record, "body.stringValue") ?? "";
	const hasFailed = failures.test(name);
	if (!hasFailed && !requests.test(name)) return undefined;
	const timestamp = toInstant(record.timeUnixNano) ?? toInstant(record.observedTimeUnixNano);
	return {
		id: attributes.get("request_id") ?? identifyEvent(timestamp, attributes),
		timestamp,
		durationMs: attributes.get("duration_ms"),
		traceId: toText(record.traceId)?.toLowerCase(),
		sessionId: attributes.get("session.id"),
		provider: "anthropic",
		model: attributes.get("model"),
		operation: "chat",
		uncachedTokens: attributes.get("input_tokens"),
		outputTokens: attributes.get("output_tokens"),
		cacheReadTokens: attributes.get("cache_read_tokens"),
		cacheWriteTokens: attributes.get("cache_creation_tokens"),
		reportedCost: attributes.get("cost_usd"),
		success: String(!hasFailed),
		httpStatus: attributes.get("status_code"),
		errorMessage: attributes.get("error"),
		developer: findAttribute(attributes, "user.id", "user.email"),
	};
}

function identifyEvent(timestamp: string | undefined, attributes: Attributes): string {
	const sorted = [...attributes].sort(([left], [right]) => (left < right ? -1 : 1));
	return hashIdentity(JSON.stringify([timestamp, ...sorted]));
}

/** 0 stands for a time that nobody set. Nanoseconds are more than a number holds; they stay text. */
export function toInstant(nanoseconds: unknown): string | undefined {
	const text = toText(nanoseconds);
	return text === "0" ? undefined : text;
}
