import { hash } from "node:crypto";

/** A name of 22 characters for some content: the same content has the same name on every machine. */
export function hashIdentity(content: string | Uint8Array): string {
	return hash("sha256", content, "base64url").slice(0, 22);
}

/**
 * Names a record that brings no id by all of its content, in any order of its keys. Read again, or found in another
 * file, it is the same record.
 *
 * @throws RangeError if it is nested too deeply
 */
export function identifyRecord(record: unknown): string {
	return hashIdentity(JSON.stringify(record, sortKeys));
}

function sortKeys(_key: string, value: unknown): unknown {
	if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
	return Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)));
}
