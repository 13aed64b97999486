import type { Item } from "@tidemark/core";
import { errorWords } from "./error-words.ts";
import type { RawCall } from "./raw-call.ts";

/** A call as an item, fit to be kept as a dead letter should it be refused. */
export function itemOfCall(call: RawCall, at: string): Item {
	return { at, entry: { ...call, errorMessage: errorWords(call.errorMessage) }, key: call.id };
}
