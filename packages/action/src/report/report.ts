import type { SourceResult } from "@tidemark/core";
import type { TableCounts } from "../rows-by-table.ts";
import type { Weeks } from "../summary/weeks.ts";

/** What went wrong, and with what: `github:runs acme/app`; undefined where it concerns the whole run. */
export interface Failure {
	readonly label: string | undefined;
	readonly error: unknown;
}

/** What is left for the next run, and why. */
export interface Unfinished {
	readonly label: string;
	readonly reason: string;
}

/** What came of a run. */
export interface Report {
	readonly results: readonly SourceResult[];
	/** Rows that came and changed, by table. */
	readonly tables: Readonly<Record<string, TableCounts>>;
	/** Deleted rows, by table. */
	readonly pruned: Readonly<Record<string, number>>;
	readonly failures: readonly Failure[];
	readonly unfinished: readonly Unfinished[];
	/** Attempts in the database whose jobs are still to be asked for. */
	readonly attemptsLeft: number;
	readonly isCancelled: boolean;
	/** Why nothing could be collected though nothing is wrong. */
	readonly withheld?: string;
	/** Undefined where the database could not be asked, or not any more. */
	readonly weeks?: Weeks;
}

export const emptyReport: Report = {
	results: [],
	tables: {},
	pruned: {},
	failures: [],
	unfinished: [],
	attemptsLeft: 0,
	isCancelled: false,
};
