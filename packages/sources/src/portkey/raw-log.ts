import { parseRepositoryName, type RawCall } from "@tidemark/calls";
import { findText, type JsonObject, toObject, toText } from "../json/json-object.ts";
import { readDetailTokens } from "../usage-details.ts";
import { findPromptText } from "./prompt-text.ts";

/** A log as it was read: a call, and the prompt that it was made with. */
export interface RawLog extends RawCall {
	readonly prompt: { readonly text?: string; readonly metadata: JsonObject };
}

/**
 * Maps a line of an export to a call. Dead letters keep it whole, so headers, queries of addresses and - unless they are
 * wanted - texts are left out.
 */
export function readLog(line: JsonObject, withTexts: boolean): RawLog {
	const metadata = readMetadata(line.metadata);
	const { fields, rest } = splitMetadata(metadata);
	const request = withTexts ? toObject(line.request) : undefined;
	const text = request && findPromptText(request);
	return {
		...fields,
		...readAnswer(line, withTexts),
		id: toText(line.id) ?? "",
		timestamp: toIsoTime(toText(line.created_at)),
		traceId: toText(line.trace_id),
		promptName: toText(line.prompt_slug),
		provider: toText(line.ai_org),
		model: toText(line.ai_model),
		operation: findOperation(toText(line.request_url)),
		inputTokens: toText(line.req_units),
		outputTokens: toText(line.res_units),
		totalTokens: toText(line.total_units),
		reportedCost: toText(line.cost),
		currency: toText(line.cost_currency),
		success: toText(line.is_success),
		httpStatus: toText(line.response_status_code),
		durationMs: toText(line.response_time),
		metadata: { ...rest, mode: toText(line.mode), config: toText(line.config) },
		prompt: { ...(text !== undefined && { text }), metadata },
	};
}

/**
 * What the caller attached: an object, or - in the records of self-hosted gateways - two lists of keys and values, which
 * become one here.
 */
function readMetadata(value: unknown): JsonObject {
	const given = toObject(value) ?? {};
	const { key: keys, value: values } = given;
	if (!Array.isArray(keys) || !Array.isArray(values)) return given;
	return Object.fromEntries(keys.map((key, index) => [String(key), values[index]]));
}

/** What callers attach under these names fills a field of the call; the first that holds a text counts. */
const attachedNames = Object.entries({
	sessionId: ["session_id", "session", "conversation_id"],
	phase: ["phase"],
	developer: ["_user", "user", "developer"],
	repository: ["repository", "repo"],
});

/** The fields that metadata fills, and what is left of it. */
function splitMetadata(metadata: JsonObject): { fields: Partial<RawCall>; rest: JsonObject } {
	const fields: Record<string, string> = {};
	const used = new Set<string>();
	for (const [field, names] of attachedNames) {
		for (const name of names) {
			const value = metadata[name];
			if (typeof value !== "string" || value === "" || field in fields) continue;
			if (field === "repository" && parseRepositoryName(value) === null) continue;
			fields[field] = value;
			used.add(name);
		}
	}
	if (used.size === 0) return { fields, rest: metadata };
	return { fields, rest: Object.fromEntries(Object.entries(metadata).filter(([name]) => !used.has(name))) };
}

/** What only the provider's own answer, OpenAI's or Anthropic's, says about a call. */
function readAnswer(line: JsonObject, withTexts: boolean): Partial<RawCall> {
	const answer = toObject(line.response) ?? {};
	const isAnthropic =
		findText(answer, "usage.cache_read_input_tokens", "usage.cache_creation_input_tokens") !== undefined;
	return {
		...readDetailTokens(line),
		uncachedTokens: isAnthropic ? findText(answer, "usage.input_tokens") : undefined,
		errorType: findText(answer, "error.type", "error.code"),
		errorMessage: withTexts ? findText(answer, "error.message") : undefined,
	};
}

/** What JavaScript's Date prints: `Sat Jul 25 2026 11:14:18 GMT+0000 (Coordinated Universal Time)`. */
const dateText = /^[A-Z][a-z]{2} [A-Z][a-z]{2} \d{2} \d{4} \d{2}:\d{2}:\d{2} (GMT|UTC)/;

/** PortKey writes JavaScript's Date text, elsewhere times as everybody does. */
function toIsoTime(text: string | undefined): string | undefined {
	const ms = text !== undefined && dateText.test(text) ? Date.parse(text) : Number.NaN;
	return Number.isNaN(ms) ? text : new Date(ms).toISOString();
}

/** In the words of OpenTelemetry, as far as it has them. */
const operations: readonly (readonly [ending: RegExp, operation: string])[] = [
	[/\/(chat\/completions|messages|responses|converse(-stream)?)$|:(streamG|g)enerateContent$/, "chat"],
	[/\/embeddings$|:(batchE|e)mbedContents?$/, "embeddings"],
	[/\/completions$/, "text_completion"],
	[/\/images\//, "image"],
	[/\/audio\//, "audio"],
	[/\/moderations$/, "moderation"],
	[/\/rerank$/, "rerank"],
];

/** The query of an address may hold a key; it plays no part. */
function findOperation(url: string | undefined): string | undefined {
	const path = url?.replace(/^[a-z]+:\/\/[^/?#]*/i, "").replace(/[?#].*$/s, "");
	return path === undefined ? undefined : operations.find(([ending]) => ending.test(path))?.[1];
}
