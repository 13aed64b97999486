import { parseTime } from "../../clock.ts";
import type { IssueEvent, PullCommit, PullFacts, StoredPull } from "../script/stored-pull.ts";
import { type JsonObject, markUnchecked, numberOf, objectOf, textOf } from "../view/json.ts";

/** A recorded pull request, served as it was recorded from its `created_at` on. */
export class RawPull implements StoredPull {
	readonly number: number;
	readonly nodeId: string;
	readonly createdAt: number;
	readonly #recorded: JsonObject;
	readonly #commits: PullCommit[] = [];
	readonly #events: IssueEvent[] = [];

	constructor(recorded: JsonObject) {
		this.#recorded = markUnchecked(recorded);
		this.number = numberOf(recorded, "number") ?? 0;
		this.nodeId = textOf(recorded, "node_id") ?? "";
		this.createdAt = parseTime(textOf(recorded, "created_at") ?? "");
	}

	addEvent(event: IssueEvent): void {
		this.#events.push(event);
		this.#events.sort((one, other) => one.at - other.at || one.id - other.id);
	}

	addCommit(commit: PullCommit): void {
		this.#commits.push(commit);
	}

	facts(): PullFacts {
		const recorded = this.#recorded;
		const head = objectOf(recorded, "head");
		return {
			number: this.number,
			nodeId: this.nodeId,
			isOpen: recorded.state === "open",
			isDraft: recorded.draft === true,
			title: textOf(recorded, "title") ?? "",
			additions: numberOf(recorded, "additions") ?? 0,
			deletions: numberOf(recorded, "deletions") ?? 0,
			changedFiles: numberOf(recorded, "changed_files") ?? 0,
			createdAt: this.createdAt,
			updatedAt: timeOf(recorded, "updated_at") ?? this.createdAt,
			closedAt: timeOf(recorded, "closed_at"),
			mergedAt: timeOf(recorded, "merged_at"),
			author: textOf(objectOf(recorded, "user"), "login"),
			headRef: textOf(head, "ref") ?? "",
			headSha: textOf(head, "sha") ?? "",
			headRepository: textOf(objectOf(head, "repo"), "full_name"),
			baseRef: textOf(objectOf(recorded, "base"), "ref") ?? "",
			mergeCommitSha: textOf(recorded, "merge_commit_sha"),
			commits: this.#commits,
		};
	}

	view(): JsonObject {
		return this.#recorded;
	}

	events(now: number): readonly IssueEvent[] {
		return this.#events.filter(({ at }) => at <= now);
	}
}

function timeOf(object: JsonObject, key: string): number | null {
	const text = textOf(object, key);
	return text === null ? null : parseTime(text);
}
