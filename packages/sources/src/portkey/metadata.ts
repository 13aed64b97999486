import type { JsonObject } from "../json/json-object.ts";
import { repositoryName } from "../llm-call/repository-name.ts";

/**
 * What the caller attached to a call: an object, or - in the records of self-hosted gateways - two lists of keys and
 * values, which are made one here.
 */
export function plainMetadata(given: JsonObject = {}): JsonObject {
	const { key: keys, value: values } = given;
	if (!Array.isArray(keys) || !Array.isArray(values)) return given;
	return Object.fromEntries(keys.map((key, index) => [String(key), values[index]]));
}

/** What callers attach under these names has a column of its own; the first that holds a text counts. */
const columnKeys = {
	sessionId: ["session_id", "session", "conversation_id"],
	phase: ["phase"],
	developer: ["_user", "user", "developer"],
	repository: ["repository", "repo"],
} as const;

/** The columns that metadata fills, and what is left of it. */
export interface AttachedColumns {
	readonly sessionId: string | null;
	readonly phase: string | null;
	readonly developer: string | null;
	readonly repository: string | null;
	readonly rest: JsonObject;
}

export function attachedColumns(metadata: JsonObject): AttachedColumns {
	const used: string[] = [];
	const take = (keys: readonly string[], read: (text: string) => string | null = (text) => text): string | null => {
		for (const key of keys) {
			const value = metadata[key];
			const text = typeof value === "string" && value !== "" ? read(value) : null;
			if (text === null) continue;
			used.push(key);
			return text;
		}
		return null;
	};
	const columns = {
		sessionId: take(columnKeys.sessionId),
		phase: take(columnKeys.phase),
		developer: take(columnKeys.developer),
		repository: take(columnKeys.repository, repositoryName),
	};
	if (used.length === 0) return { ...columns, rest: metadata };
	return { ...columns, rest: Object.fromEntries(Object.entries(metadata).filter(([key]) => !used.includes(key))) };
}
