import type { RawCall } from "@tidemark/calls";
import { findText, findValue, type JsonObject, toList, toObject, toText } from "../json/json-object.ts";

/** Where clients put their own words: beside what LiteLLM writes, or in one of two places inside. */
const scopes = ["", "requester_metadata.", "spend_logs_metadata."];

/**
 * Reads who a call was made by and for, in which session, and what became of its result, from the words that clients
 * send along: first a session's own field, then a `session_…` inside other identities.
 */
export function readPeople(record: JsonObject, metadata: JsonObject): Partial<RawCall> {
	return {
		sessionId: findSession(record, metadata),
		developer: findDeveloper(record, metadata),
		repository: findRepository(record, metadata),
		accepted: readAccepted(record, metadata),
		acceptedLines: findWord(record, metadata, "accepted_lines"),
		diffRatio: findWord(record, metadata, "diff_ratio"),
	};
}

function findSession(record: JsonObject, metadata: JsonObject): string | undefined {
	const own = findText(metadata, ...inScopes(["session_id"]));
	if (own !== undefined) return own;
	const hints = ["user_id", "developer_session", "user_api_key_end_user_id", "requester_metadata.user_id", "raw"]
		.map((path) => findText(metadata, path))
		.concat(["developer_session", "end_user", "user"].map((path) => findText(record, path)))
		.map((hint = "") => /session[_-]([A-Za-z0-9-]+)/.exec(hint)?.[1]);
	return hints.find((session) => session !== undefined) ?? findText(record, "session_id", "trace_id");
}

/** LiteLLM's name for the user of its master key. */
const masterKeyUser = "default_user_id";

function findDeveloper(record: JsonObject, metadata: JsonObject): string | undefined {
	const inMetadata = [...inScopes(["developer_id", "dev_id", "user", "user_id"]), "user_api_key_user_id"];
	const names = [
		...inMetadata.map((path) => findText(metadata, path)),
		...["developer_id", "developer", "user", "end_user"].map((path) => findText(record, path)),
		findText(metadata, "user_api_key_end_user_id"),
	];
	return names.find((name) => name !== undefined && !/session/i.test(name) && name !== masterKeyUser);
}

function findRepository(record: JsonObject, metadata: JsonObject): string | undefined {
	const words = ["repo_slug", "repository", "repo"];
	const named = findText(metadata, ...inScopes(words));
	if (named !== undefined) return named;
	const tagged = toList(findValue(record, "request_tags")).find((tag) => /^repo(sitory)?:/i.test(String(tag)));
	return typeof tagged === "string" ? tagged.replace(/^\w+:\s*/, "") : findText(record, ...words);
}

function inScopes(words: readonly string[]): string[] {
	return scopes.flatMap((scope) => words.map((word) => scope + word));
}

/** Every answer that is not one of the words for yes is a no; no answer is unknown. */
function readAccepted(record: JsonObject, metadata: JsonObject): string | undefined {
	const words = ["prod_lens.accepted", "accepted", "accepted_flag"];
	const answer = words.map((word) => findWord(record, metadata, word)).find((text) => text !== undefined);
	return answer === undefined ? undefined : String(/^(true|1|yes)$/i.test(answer));
}

/** Finds a word of the client's, nested or under a name with dots: in the record's attributes, itself or its metadata. */
export function findWord(record: JsonObject, metadata: JsonObject, name: string): string | undefined {
	const flat = toText(record[`attributes.${name}`]);
	if (flat !== undefined) return flat;
	for (const place of [
		record.attributes,
		record,
		metadata,
		metadata.requester_metadata,
		metadata.spend_logs_metadata,
	]) {
		const object = toObject(place) ?? {};
		const text = toText(object[name]) ?? findText(object, name);
		if (text !== undefined) return text;
	}
	return undefined;
}
