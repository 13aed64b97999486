import { readFamily, type SourceResult, type TargetResult } from "@tidemark/core";
import type { IngestionCounts, Pruned } from "@tidemark/db";
import type { Week } from "@tidemark/stats";

/** What went wrong. Its words are those of a workflow and hold no secret. */
export interface Failure {
	/** `github:runs acme/app`; undefined if it concerns the whole run. */
	readonly label: string | undefined;
	/** What happened, why, and what to do: a line each. */
	readonly words: readonly string[];
	/** Where it came from, if it is a mistake of ours. */
	readonly stack: string | undefined;
}

/** What is left for the next run, and why. */
export interface Unfinished {
	readonly label: string;
	readonly reason: string;
}

export type TableCounts = Pick<IngestionCounts, "inserted" | "updated">;

/** What came of a run. Its messages and reasons are those of a workflow and hold no secret. */
export interface Report {
	readonly results: readonly SourceResult[];
	/** New and changed rows, by table. */
	readonly tables: Readonly<Record<string, TableCounts>>;
	/** Undefined if nothing was to be pruned. */
	readonly pruned: Pruned | undefined;
	readonly failures: readonly Failure[];
	readonly unfinished: readonly Unfinished[];
	/** Attempts in the database whose jobs are not fetched yet. */
	readonly attemptsLeft: number;
	readonly isCancelled: boolean;
	/** Why nothing could be collected though nothing is wrong. */
	readonly withheld?: string;
	/** Undefined if the database did not answer to the end. */
	readonly week?: Week;
}

export const emptyReport: Report = {
	results: [],
	tables: {},
	pruned: undefined,
	failures: [],
	unfinished: [],
	attemptsLeft: 0,
	isCancelled: false,
};

/** `csv: not configured - …`, one line for a family: its members have the same reason. */
export function listSkipped(results: readonly SourceResult[]): string[] {
	const lines = results.flatMap((result) =>
		result.outcome === "skipped" ? [`${readFamily(result.source)}: ${result.reason}`] : [],
	);
	return [...new Set(lines)];
}

export function formatLabel({ source, target }: Pick<TargetResult, "source" | "target">): string {
	return `${source} ${target}`;
}

export function countPruned({ pruned }: Report): number {
	return Object.values(pruned?.deleted ?? {}).reduce((sum, count) => sum + count, 0);
}
