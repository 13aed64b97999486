import { firstText, type JsonObject, listOf, objectOf, textOf, valueAt } from "../json/json-object.ts";
import type { RawCall } from "../llm-call/raw-call.ts";

/** Where clients put their own words: beside what LiteLLM writes, or in one of two places inside. */
const scopes = ["", "requester_metadata.", "spend_logs_metadata."];

/**
 * Who a call was made by and for, in which session, and what became of its result, out of the words that clients send
 * along. The rules are those of the seed: a session's own field first, then a `session_…` inside other identities.
 */
export function peopleOf(record: JsonObject, metadata: JsonObject): Partial<RawCall> {
	return {
		sessionId: sessionOf(record, metadata),
		developer: developerOf(record, metadata),
		repository: repositoryOf(record, metadata),
		accepted: acceptedOf(record, metadata),
		acceptedLines: said(record, metadata, "accepted_lines"),
		diffRatio: said(record, metadata, "diff_ratio"),
	};
}

function sessionOf(record: JsonObject, metadata: JsonObject): string | undefined {
	const own = firstText(metadata, ...scopes.map((scope) => `${scope}session_id`));
	if (own !== undefined) return own;
	const hints = [
		...["session_id", "user_id", "developer_session", "user_api_key_end_user_id"].map((path) =>
			firstText(metadata, path),
		),
		...["requester_metadata.user_id", "raw"].map((path) => firstText(metadata, path)),
		...["developer_session", "end_user", "user"].map((path) => firstText(record, path)),
	];
	for (const hint of hints) {
		const [, session] = /session[_-]([A-Za-z0-9-]+)/.exec(hint ?? "") ?? [];
		if (session !== undefined) return session;
	}
	return firstText(record, "session_id", "trace_id");
}

function developerOf(record: JsonObject, metadata: JsonObject): string | undefined {
	const words = ["developer_id", "dev_id", "user", "user_id"];
	const inMetadata = scopes.flatMap((scope) => words.map((word) => firstText(metadata, scope + word)));
	const known = [
		...["user_api_key_user_id"].map((path) => firstText(metadata, path)),
		...["developer_id", "developer", "user", "end_user"].map((path) => firstText(record, path)),
		firstText(metadata, "user_api_key_end_user_id"),
	];
	return [...inMetadata, ...known].find(
		(name) => name !== undefined && !/session/i.test(name) && name !== masterKeyUser,
	);
}

/** Whom LiteLLM names where a call was made with the master key. */
const masterKeyUser = "default_user_id";

function repositoryOf(record: JsonObject, metadata: JsonObject): string | undefined {
	const words = ["repo_slug", "repository", "repo"];
	const named = firstText(metadata, ...scopes.flatMap((scope) => words.map((word) => scope + word)));
	if (named !== undefined) return named;
	const tagged = listOf(valueAt(record, "request_tags")).find((tag) => /^repo(sitory)?:/i.test(String(tag)));
	return typeof tagged === "string" ? tagged.replace(/^\w+:\s*/, "") : firstText(record, ...words);
}

/** As the seed reads it: what is not one of its words for yes is a no, what is not said is not known. */
function acceptedOf(record: JsonObject, metadata: JsonObject): string | undefined {
	const words = ["prod_lens.accepted", "accepted", "accepted_flag"];
	const answer = words.map((word) => said(record, metadata, word)).find((text) => text !== undefined);
	return answer === undefined ? undefined : String(/^(true|1|yes)$/i.test(answer));
}

/** A word of the client's: in the record's attributes, the record itself, or its metadata. */
export function said(record: JsonObject, metadata: JsonObject, name: string): string | undefined {
	const flat = textOf(record[`attributes.${name}`]);
	const places = [record.attributes, record, metadata, metadata.requester_metadata, metadata.spend_logs_metadata];
	return flat ?? places.map((place) => word(objectOf(place) ?? {}, name)).find((text) => text !== undefined);
}

/** Under a name with dots in it, or nested. */
function word(object: JsonObject, name: string): string | undefined {
	return textOf(object[name]) ?? firstText(object, name);
}
