/** A JSON object with unknown fields. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The value as an object; also one that stands in a text, as some logs write theirs. Undefined for anything else. */
export function toObject(value: unknown): JsonObject | undefined {
	if (typeof value === "string" && value.trimStart().startsWith("{")) return toObject(parsed(value));
	return isObject(value) ? value : undefined;
}

function isObject(value: unknown): value is JsonObject {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value as a list; also one that stands in a text. Empty for anything else. */
export function toList(value: unknown): readonly unknown[] {
	if (typeof value === "string" && value.trimStart().startsWith("[")) return toList(parsed(value));
	return Array.isArray(value) ? value : [];
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** What stands at a path such as `metadata.usage_object.prompt_tokens`; objects in texts are looked into. */
export function findValue(object: JsonObject, path: string): unknown {
	const point = path.indexOf(".");
	const key = point === -1 ? path : path.slice(0, point);
	const value = Object.hasOwn(object, key) ? object[key] : undefined;
	if (point === -1 || value === undefined) return value;
	const inside = toObject(value);
	return inside && findValue(inside, path.slice(point + 1));
}

/** Texts, numbers and truths as text; undefined for what is missing, empty or anything else. */
export function toText(value: unknown): string | undefined {
	if (typeof value === "string") return value === "" ? undefined : value.toWellFormed();
	return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

/** The first of some paths at which a text, number or truth stands. */
export function findText(object: JsonObject, ...paths: readonly string[]): string | undefined {
	for (const path of paths) {
		const text = toText(findValue(object, path));
		if (text !== undefined) return text;
	}
	return undefined;
}

/** The words that are there. */
export function definedOnly(words: Readonly<Record<string, string | undefined>>): Record<string, string> {
	return Object.fromEntries(
		Object.entries(words).flatMap(([name, word]) => (word === undefined ? [] : [[name, word]])),
	);
}
