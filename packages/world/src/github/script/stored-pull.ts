import type { JsonObject } from "../view/json.ts";

/** What lists and GraphQL ask of a pull request, as of a moment. Times are milliseconds. */
export interface PullFacts {
	readonly number: number;
	readonly nodeId: string;
	readonly isOpen: boolean;
	readonly isDraft: boolean;
	readonly title: string;
	readonly additions: number;
	readonly deletions: number;
	readonly changedFiles: number;
	readonly createdAt: number;
	readonly updatedAt: number;
	readonly closedAt: number | null;
	readonly mergedAt: number | null;
	readonly author: string | null;
	readonly headRef: string;
	readonly headSha: string;
	/** Full name; null for a deleted fork. */
	readonly headRepository: string | null;
	readonly baseRef: string;
	readonly mergeCommitSha: string | null;
	readonly commits: readonly PullCommit[];
}

export interface PullCommit {
	readonly sha: string;
	readonly authoredAt: number;
	readonly committedAt: number;
	readonly message: string;
}

/** A pull request of a world, scripted or recorded. */
export interface StoredPull {
	readonly number: number;
	readonly nodeId: string;
	readonly createdAt: number;
	facts(now: number): PullFacts;
	view(now: number): JsonObject;
	/** In order of time. */
	events(now: number): readonly IssueEvent[];
}

/** What happened to a pull request, as the timeline and the issue events show it. */
export interface IssueEvent {
	readonly id: number;
	readonly at: number;
	/** In the words of the issue events: `closed`, `reopened`, `merged`, `convert_to_draft`. */
	readonly kind: string;
	readonly actor: string | null;
	readonly commitSha: string | null;
	/** The object to serve, if the event was recorded. */
	readonly recorded?: JsonObject;
}
