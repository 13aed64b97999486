import { hash } from "node:crypto";
import type { JsonObject } from "../json/json-object.ts";

/**
 * What names a record that brings no id: a hash over all of it, whatever the order of its keys. Read again, or found in
 * another file, it is the same record.
 *
 * @throws RangeError where it is nested too deeply
 */
export function recordId(record: JsonObject): string {
	const inOrder = (_key: string, value: unknown) =>
		typeof value === "object" && value !== null && !Array.isArray(value)
			? Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)))
			: value;
	return hash("sha256", JSON.stringify(record, inOrder), "base64url").slice(0, 22);
}
