/** An object of the API's JSON; only the code that built it knows what is in it. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Milliseconds as the API writes times: whole seconds in UTC, `2026-02-23T22:19:28Z`. */
export function formatTime(ms: number): string {
	return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

export function readNumber(object: JsonObject, key: string): number | undefined {
	const value = object[key];
	return typeof value === "number" ? value : undefined;
}

export function readText(object: JsonObject, key: string): string | null {
	const value = object[key];
	return typeof value === "string" ? value : null;
}

export function readObject(object: JsonObject, key: string): JsonObject {
	const value = object[key];
	return isObject(value) ? value : {};
}

/** An opaque id as GraphQL and `node_id` give it: a prefix for the kind, the rest only for equality. */
export function encodeNodeId(
	prefix: "CS" | "WFR" | "CR" | "PR" | "R" | "U" | "C" | "W" | "E",
	...parts: readonly (number | string)[]
): string {
	return `${prefix}_kw${Buffer.from(parts.join(":")).toString("base64url")}`;
}

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
