import { parseTime } from "../../clock.ts";
import type { StoredCommit } from "../script/history.ts";
import type { IssueEvent, PullCommit } from "../script/stored-pull.ts";
import { isObject, type JsonObject, markUnchecked, readNumber, readObject, readText } from "../view/json.ts";

export interface RecordedIssueEvent extends IssueEvent {
	/** The number of its issue or pull request. */
	readonly issue: number;
}

/** What is needed of a recorded event to list it; it is served as it was recorded. */
export function readIssueEvent(recorded: JsonObject): RecordedIssueEvent {
	return {
		issue: readNumber(readObject(recorded, "issue"), "number") ?? 0,
		id: readNumber(recorded, "id") ?? 0,
		at: parseTime(readText(recorded, "created_at") ?? ""),
		kind: readText(recorded, "event") ?? "",
		actor: readText(readObject(recorded, "actor"), "login"),
		commitSha: readText(recorded, "commit_id"),
		recorded: markUnchecked(recorded),
	};
}

/** What is needed of a recorded commit to list it, or to show it as one of a pull request. */
export function readCommit(recorded: JsonObject): StoredCommit & PullCommit {
	const commit = readObject(recorded, "commit");
	const parents = Array.isArray(recorded.parents) ? recorded.parents.filter(isObject) : [];
	return {
		sha: readText(recorded, "sha") ?? "",
		parents: parents.flatMap((parent) => readText(parent, "sha") ?? []),
		authoredAt: parseTime(readText(readObject(commit, "author"), "date") ?? ""),
		committedAt: parseTime(readText(readObject(commit, "committer"), "date") ?? ""),
		message: readText(commit, "message") ?? "",
		view: markUnchecked(recorded),
	};
}
