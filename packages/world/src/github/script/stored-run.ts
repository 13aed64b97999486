import type { JsonObject } from "../view/json.ts";

/** What filters and GraphQL ask of a run, as of a moment. */
export interface RunFacts {
	readonly status: string | null;
	readonly conclusion: string | null;
	readonly event: string;
	readonly branch: string | null;
	readonly headSha: string;
	readonly actor: string | null;
	readonly workflowId: number;
	readonly checkSuiteId: number;
	readonly runNumber: number;
	/** The newest attempt. */
	readonly attempt: number;
}

/** A run of a world, scripted or recorded. Times are milliseconds; every answer is as of the moment that is given. */
export interface StoredRun {
	readonly id: number;
	readonly createdAt: number;
	deletedAt: number | undefined;
	readonly checkSuiteNodeId: string;
	facts(now: number): RunFacts;
	/** As the API shows it: the newest attempt, or the one that is asked for, undefined if there is none yet. */
	view(now: number, attempt?: number): JsonObject | undefined;
	/** The jobs of one attempt, or of all; undefined if there is no such attempt yet. */
	jobs(now: number, attempt: number | "all"): readonly JsonObject[] | undefined;
}

/** Whether a run exists at a moment: it was created and is not deleted. */
export function isThere({ createdAt, deletedAt = Number.POSITIVE_INFINITY }: StoredRun, now: number): boolean {
	return createdAt <= now && now < deletedAt;
}
