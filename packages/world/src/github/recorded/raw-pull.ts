import { parseTime } from "../../clock.ts";
import type { IssueEvent, PullCommit, PullFacts, StoredPull } from "../script/stored-pull.ts";
import { type JsonObject, markUnchecked, readNumber, readObject, readText } from "../view/json.ts";

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
		this.number = readNumber(recorded, "number") ?? 0;
		this.nodeId = readText(recorded, "node_id") ?? "";
		this.createdAt = parseTime(readText(recorded, "created_at") ?? "");
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
		const head = readObject(recorded, "head");
		return {
			number: this.number,
			nodeId: this.nodeId,
			isOpen: recorded.state === "open",
			isDraft: recorded.draft === true,
			title: readText(recorded, "title") ?? "",
			additions: readNumber(recorded, "additions") ?? 0,
			deletions: readNumber(recorded, "deletions") ?? 0,
			changedFiles: readNumber(recorded, "changed_files") ?? 0,
			createdAt: this.createdAt,
			updatedAt: readTime(recorded, "updated_at") ?? this.createdAt,
			closedAt: readTime(recorded, "closed_at"),
			mergedAt: readTime(recorded, "merged_at"),
			author: readText(readObject(recorded, "user"), "login"),
			headRef: readText(head, "ref") ?? "",
			headSha: readText(head, "sha") ?? "",
			headRepository: readText(readObject(head, "repo"), "full_name"),
			baseRef: readText(readObject(recorded, "base"), "ref") ?? "",
			mergeCommitSha: readText(recorded, "merge_commit_sha"),
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

function readTime(object: JsonObject, key: string): number | null {
	const text = readText(object, key);
	return text === null ? null : parseTime(text);
}
