import type { Item } from "@tidemark/core";
import { objectOf } from "../json/json-object.ts";
import { itemOfCall } from "../llm-call/item-of-call.ts";
import type { LitellmConfig } from "./settings.ts";
import { callOfRecord } from "./shapes.ts";

/**
 * What was read as an item. Only what becomes a row goes on, so that prompts, answers, headers and addresses end here
 * and no dead letter holds one.
 */
export function itemOf(value: unknown, at: string, { repository }: Pick<LitellmConfig, "repository">): Item {
	const record = objectOf(value);
	if (!record) return { at, spoilt: "not an object" };
	try {
		const call = callOfRecord(record);
		if (!call) return { at, spoilt: "not a record of LiteLLM: none of the known shapes fits" };
		return itemOfCall({ ...call, repository: call.repository ?? repository }, at);
	} catch (error) {
		if (!(error instanceof RangeError)) throw error;
		return { at, spoilt: "nested too deeply" };
	}
}
