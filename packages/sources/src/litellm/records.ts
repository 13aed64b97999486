import { callItem, type RawCall } from "@tidemark/calls";
import type { Item } from "@tidemark/core";
import { findValue, type JsonObject, toObject } from "../json/json-object.ts";
import { readLoggedCall } from "./logged-call.ts";
import { readOwnRecord, readPrintedRecord } from "./own-record.ts";

const hasAll = (record: JsonObject, ...names: readonly string[]) => names.every((name) => Object.hasOwn(record, name));
const hasAny = (record: JsonObject, ...names: readonly string[]) => names.some((name) => Object.hasOwn(record, name));

/** Where a payload may stand in what loggers dump. */
const payloadPaths = ["standard_logging_object", "kwargs.standard_logging_object"];

/** What stands in the record itself when people write their own. */
const ownFigures = ["tokens", "prompt_tokens", "input_tokens", "cost_usd", "latency_ms", "success"];

/** Reads a record by its shape, the first that fits; undefined if none does. */
function readRecord(record: JsonObject): RawCall | undefined {
	const payload = [record, ...payloadPaths.map((path) => toObject(findValue(record, path)))].find(
		(found) => found && hasAll(found, "call_type", "startTime") && hasAny(found, "response_cost", "hidden_params"),
	);
	if (payload) return readLoggedCall(payload);
	if (hasAll(record, "request_id", "spend")) return readLoggedCall(record);
	const isTraced = hasAny(record, "usage", "attributes") && !hasAll(record, "startTime");
	if (isTraced || (hasAll(record, "timestamp") && hasAny(record, ...ownFigures))) return readOwnRecord(record);
	return hasAll(record, "id", "call_type", "startTime") ? readPrintedRecord(record) : undefined;
}

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
		const call = readRecord(record);
		if (!call) return { at, spoilt: "not a record of LiteLLM: none of the known shapes fits" };
		return callItem({ ...call, repository: call.repository ?? repository }, at);
	} catch (error) {
		if (!(error instanceof RangeError)) throw error;
		return { at, spoilt: "nested too deeply" };
	}
}
