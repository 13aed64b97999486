import { callItem, type RawCall } from "@tidemark/calls";
import type { Item } from "@tidemark/core";
import { findValue, type JsonObject, toObject } from "../json/json-object.ts";
import { readGenericRecord } from "./generic-record.ts";
import { readSpendLog, readStandardLogging } from "./logged-call.ts";
import { readOwnRecord } from "./own-record.ts";
import { readTracedRecord } from "./traced-record.ts";

interface Shape {
	/** The record in this shape; undefined if it has another. */
	find(record: JsonObject): JsonObject | undefined;
	read(record: JsonObject): RawCall;
}

const hasAll = (record: JsonObject, ...names: readonly string[]) => names.every((name) => Object.hasOwn(record, name));
const hasAny = (record: JsonObject, ...names: readonly string[]) => names.some((name) => Object.hasOwn(record, name));
const only = (isShape: (record: JsonObject) => boolean) => (record: JsonObject) =>
	isShape(record) ? record : undefined;

/** The shapes in which records of LiteLLM come; recognised record by record, the first that fits. */
const shapes: readonly Shape[] = [
	{
		find: (record) =>
			[record, findValue(record, "standard_logging_object"), findValue(record, "kwargs.standard_logging_object")]
				.map(toObject)
				.find(
					(found) =>
						found && hasAll(found, "call_type", "startTime") && hasAny(found, "response_cost", "hidden_params"),
				),
		read: readStandardLogging,
	},
	{ find: only((record) => hasAll(record, "request_id", "spend")), read: readSpendLog },
	{
		find: only((record) => hasAny(record, "usage", "attributes") && !hasAll(record, "startTime")),
		read: readTracedRecord,
	},
	{ find: only((record) => hasAll(record, "timestamp") && hasAny(record, ...ownFigures)), read: readOwnRecord },
	{ find: only((record) => hasAll(record, "id", "call_type", "startTime")), read: readGenericRecord },
];

/** What stands in the record itself when people write their own. */
const ownFigures = ["tokens", "prompt_tokens", "input_tokens", "cost_usd", "latency_ms", "success"];

/**
 * Makes an item of what was read. Only what becomes a row goes on, so that prompts, answers, headers and addresses end
 * here and no dead letter holds one.
 *
 * @param repository of records that name none
 */
export function recordItem(value: unknown, at: string, repository: string | undefined): Item {
	const record = toObject(value);
	if (!record) return { at, spoilt: "not an object" };
	try {
		for (const { find, read } of shapes) {
			const found = find(record);
			if (!found) continue;
			const call = read(found);
			return callItem({ ...call, repository: call.repository ?? repository }, at);
		}
		return { at, spoilt: "not a record of LiteLLM: none of the known shapes fits" };
	} catch (error) {
		if (!(error instanceof RangeError)) throw error;
		return { at, spoilt: "nested too deeply" };
	}
}
