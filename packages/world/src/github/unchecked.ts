import type { JsonObject } from "./json.ts";

const unchecked = Symbol("not held to the contract");

/**
 * Marks an object that a script bent, or that was recorded, as not held to the contract. The mark is a symbol, so that
 * it is not in the JSON.
 */
export function markUnchecked(object: JsonObject): JsonObject {
	return { ...object, [unchecked]: true };
}

export function isUnchecked(value: unknown): boolean {
	return typeof value === "object" && value !== null && unchecked in value;
}
