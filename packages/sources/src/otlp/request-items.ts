import { type Attributes, callItem, findAttribute, type RawCall, readGenAiCall } from "@tidemark/calls";
import type { Item } from "@tidemark/core";
import { findText, type JsonObject, toList, toObject, toText } from "../json/json-object.ts";
import { readClaudeEvent, toInstant } from "./claude-event.ts";

/** One of the three things that a request of OTLP holds, and the names of its lists. */
interface Signal {
	readonly resources: string;
	readonly scopes: readonly string[];
	readonly records: string;
	/** Undefined for a record that is about no call. */
	readonly readCall: (record: JsonObject, attributes: Attributes) => RawCall | undefined;
}

const signals: readonly Signal[] = [
	{
		resources: "resourceSpans",
		scopes: ["scopeSpans", "instrumentationLibrarySpans"],
		records: "spans",
		readCall: readSpan,
	},
	{ resources: "resourceLogs", scopes: ["scopeLogs"], records: "logRecords", readCall: readClaudeEvent },
	// Metrics sum up what spans and events say one by one.
	{ resources: "resourceMetrics", scopes: [], records: "metrics", readCall: () => undefined },
];

/** The calls to models in one request of OTLP; most spans and log records are about something else. */
export function requestItems(value: unknown, at: string): Item[] {
	const request = toObject(value);
	const held = signals.filter(({ resources }) => Array.isArray(request?.[resources]));
	if (!request || held.length === 0) return [{ at, spoilt: "not a request of OTLP/JSON" }];
	const items: Item[] = [];
	for (const { resources, scopes, records, readCall } of held) {
		for (const each of toList(request[resources]).map((entry) => toObject(entry) ?? {})) {
			const place = readPlace(readAttributes(toObject(each.resource)?.attributes));
			const groups = scopes.flatMap((name) => toList(each[name]));
			for (const entry of groups.flatMap((group) => toList(toObject(group)?.[records]))) {
				const record = toObject(entry) ?? {};
				const where = `${at} ${records}[${items.length}]`;
				try {
					const call = readCall(record, readAttributes(record.attributes));
					if (call) items.push(callItem({ ...call, ...place }, where));
				} catch (error) {
					items.push({ at: where, spoilt: error instanceof Error ? error.message : String(error) });
				}
			}
		}
	}
	return items;
}

/** @throws Error for a span without ids */
function readSpan(span: JsonObject, attributes: Attributes): RawCall | undefined {
	const call = readGenAiCall(attributes, toText(span.name));
	if (!call) return undefined;
	const status = findText(span, "status.code");
	return {
		...call,
		id: `${toHexadecimal(span.traceId, "traceId")}:${toHexadecimal(span.spanId, "spanId")}`,
		timestamp: toInstant(span.startTimeUnixNano),
		endedAt: toInstant(span.endTimeUnixNano),
		traceId: toText(span.traceId)?.toLowerCase(),
		success: String(!(status === "2" || status === "STATUS_CODE_ERROR")),
		errorMessage: findText(span, "status.message"),
	};
}

/** In OTLP/JSON ids are hexadecimal, in any case; elsewhere in JSON made of protocol buffers they would be base64. */
function toHexadecimal(value: unknown, field: string): string {
	const text = toText(value);
	if (text === undefined || !/^[0-9a-f]{16}([0-9a-f]{16})?$/i.test(text))
		throw new Error(`${field} is not a hexadecimal id`);
	return text.toLowerCase();
}

/** Which service ran it, and for which repository. */
function readPlace(resource: Attributes): Pick<RawCall, "repository" | "metadata"> {
	return {
		repository: findAttribute(resource, "vcs.repository.url.full", "vcs.repository.name"),
		metadata: { service: resource.get("service.name") },
	};
}

const kinds = ["stringValue", "intValue", "doubleValue", "boolValue"];

/**
 * Reads `[{ key, value: { stringValue | intValue | … } }]`: texts, numbers and truths, as text. Whole objects and lists,
 * as prompts are, are left out. Whole numbers of 64 bits may be numbers or texts.
 * Format: https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
 */
function readAttributes(list: unknown): Attributes {
	return new Map(
		toList(list).flatMap((each) => {
			const { key, value } = toObject(each) ?? {};
			const text = kinds.map((kind) => toText(toObject(value)?.[kind])).find((found) => found !== undefined);
			return typeof key === "string" && text !== undefined ? [[key, text] as const] : [];
		}),
	);
}
