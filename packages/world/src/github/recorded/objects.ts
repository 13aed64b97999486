import { parseTime } from "../../clock.ts";
import type { StoredCommit } from "../script/history.ts";
import type { IssueEvent, PullCommit } from "../script/stored-pull.ts";
import { isObject, type JsonObject, markUnchecked, numberOf, objectOf, textOf } from "../view/json.ts";

export interface RecordedIssueEvent extends IssueEvent {
	/** The number of its issue or pull request. */
	readonly issue: number;
}

/** What is needed of a recorded event to list it; it is served as it was recorded. */
export function recordedIssueEvent(recorded: JsonObject): RecordedIssueEvent {
	return {
		issue: numberOf(objectOf(recorded, "issue"), "number") ?? 0,
		id: numberOf(recorded, "id") ?? 0,
		at: parseTime(textOf(recorded, "created_at") ?? ""),
		kind: textOf(recorded, "event") ?? "",
		actor: textOf(objectOf(recorded, "actor"), "login"),
		commitSha: textOf(recorded, "commit_id"),
		recorded: markUnchecked(recorded),
	};
}

/** What is needed of a recorded commit to list it, or to show it as one of a pull request. */
export function recordedCommit(recorded: JsonObject): StoredCommit & PullCommit {
	const commit = objectOf(recorded, "commit");
	const parents = Array.isArray(recorded.parents) ? recorded.parents.filter(isObject) : [];
	return {
		sha: textOf(recorded, "sha") ?? "",
		parents: parents.flatMap((parent) => textOf(parent, "sha") ?? []),
		authoredAt: parseTime(textOf(objectOf(commit, "author"), "date") ?? ""),
		committedAt: parseTime(textOf(objectOf(commit, "committer"), "date") ?? ""),
		message: textOf(commit, "message") ?? "",
		view: markUnchecked(recorded),
	};
}
