import type { JsonObject } from "../json/json-object.ts";
import { objectOf, valueAt } from "../json/json-object.ts";
import type { RawCall } from "../llm-call/raw-call.ts";
import { callOfGenericRecord } from "./generic-record.ts";
import { callOfOwnRecord } from "./own-record.ts";
import { callOfSpendLog } from "./spend-log.ts";
import { callOfStandardLogging } from "./standard-logging.ts";
import { callOfTracedRecord } from "./traced-record.ts";

interface Shape {
	/** The record in this shape, or undefined where it has another. */
	find(record: JsonObject): JsonObject | undefined;
	call(record: JsonObject): RawCall;
}

const hasAll = (record: JsonObject, ...names: readonly string[]) => names.every((name) => Object.hasOwn(record, name));
const hasAny = (record: JsonObject, ...names: readonly string[]) => names.some((name) => Object.hasOwn(record, name));

/** The shapes in which records of LiteLLM are met; told apart record by record, the first that fits. */
const shapes: readonly Shape[] = [
	{
		find: (record) =>
			[record, valueAt(record, "standard_logging_object"), valueAt(record, "kwargs.standard_logging_object")]
				.map(objectOf)
				.find(
					(found) =>
						found && hasAll(found, "call_type", "startTime") && hasAny(found, "response_cost", "hidden_params"),
				),
		call: callOfStandardLogging,
	},
	{ find: (record) => (hasAll(record, "request_id", "spend") ? record : undefined), call: callOfSpendLog },
	{
		find: (record) => (hasAny(record, "usage", "attributes") && !hasAll(record, "startTime") ? record : undefined),
		call: callOfTracedRecord,
	},
	{
		find: (record) => (hasAll(record, "timestamp") && hasAny(record, ...ownFigures) ? record : undefined),
		call: callOfOwnRecord,
	},
	{
		find: (record) => (hasAll(record, "id", "call_type", "startTime") ? record : undefined),
		call: callOfGenericRecord,
	},
];

/** What stands in the record itself where people write their own. */
const ownFigures = ["tokens", "prompt_tokens", "input_tokens", "cost_usd", "latency_ms", "success"];

/** A record as a call, less everything that must not be stored; undefined for what no shape fits. */
export function callOfRecord(record: JsonObject): RawCall | undefined {
	for (const { find, call } of shapes) {
		const found = find(record);
		if (found) return call(found);
	}
	return undefined;
}
