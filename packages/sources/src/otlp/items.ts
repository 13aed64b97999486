import type { Item } from "@tidemark/core";
import { type JsonObject, listOf, objectOf } from "../json/json-object.ts";
import { itemOfCall } from "../llm-call/item-of-call.ts";
import type { RawCall } from "../llm-call/raw-call.ts";
import { type Attributes, attributesOf } from "./attributes.ts";
import { callOfEvent } from "./call-of-event.ts";
import { callOfSpan } from "./call-of-span.ts";

/** One of the three things that a request of OTLP holds, and the names of its lists. */
interface Signal {
	readonly resources: string;
	readonly scopes: readonly string[];
	readonly records: string;
	readonly call: (record: JsonObject, resource: Attributes) => RawCall | undefined;
}

const signals: readonly Signal[] = [
	{
		resources: "resourceSpans",
		scopes: ["scopeSpans", "instrumentationLibrarySpans"],
		records: "spans",
		call: callOfSpan,
	},
	{ resources: "resourceLogs", scopes: ["scopeLogs"], records: "logRecords", call: callOfEvent },
	// Metrics sum up what spans and events tell one by one.
	{ resources: "resourceMetrics", scopes: [], records: "metrics", call: () => undefined },
];

/** The calls to models in one request of OTLP; most spans and log records are about something else. */
export function itemsOfRequest(value: unknown, at: string): Item[] {
	const request = objectOf(value);
	const held = signals.filter(({ resources }) => Array.isArray(request?.[resources]));
	if (!request || held.length === 0) return [{ at, spoilt: "not a request of OTLP/JSON" }];
	const items: Item[] = [];
	for (const { resources, scopes, records, call } of held) {
		for (const each of listOf(request[resources]).map((entry) => objectOf(entry) ?? {})) {
			const resource = attributesOf(objectOf(each.resource)?.attributes);
			const groups = scopes.flatMap((name) => listOf(each[name]));
			for (const record of groups.flatMap((group) => listOf(objectOf(group)?.[records]))) {
				items.push(
					...itemsOfRecord(objectOf(record) ?? {}, `${at} ${records}[${items.length}]`, (found) =>
						call(found, resource),
					),
				);
			}
		}
	}
	return items;
}

function itemsOfRecord(record: JsonObject, at: string, call: (record: JsonObject) => RawCall | undefined): Item[] {
	try {
		const found = call(record);
		return found ? [itemOfCall(found, at)] : [];
	} catch (error) {
		return [{ at, spoilt: error instanceof Error ? error.message : String(error) }];
	}
}
