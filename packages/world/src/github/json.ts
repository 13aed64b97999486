/** An object as the API speaks it; what is in it is known to whoever built it. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Milliseconds as the API writes times: whole seconds in UTC, `2026-02-23T22:19:28Z`. */
export function apiTime(ms: number): string {
	return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/**
 * The milliseconds of an ISO time in a script.
 * @throws Error for a text that is no time: a script's mistake must not pass as an empty world
 */
export function millis(text: string): number {
	const ms = Date.parse(text);
	if (Number.isNaN(ms)) throw new Error(`"${text}" is no time; write it as 2026-02-23T22:19:28Z.`);
	return ms;
}

export function numberOf(object: JsonObject, key: string): number | undefined {
	const value = object[key];
	return typeof value === "number" ? value : undefined;
}

export function textOf(object: JsonObject, key: string): string | null {
	const value = object[key];
	return typeof value === "string" ? value : null;
}

export function objectOf(object: JsonObject, key: string): JsonObject {
	const value = object[key];
	return isObject(value) ? value : {};
}
