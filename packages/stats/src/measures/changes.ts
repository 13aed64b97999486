import type { Queryable } from "@tidemark/db";
import { type Bin, binInSql, mergeHistograms, toHistogram } from "../math/histogram.ts";
import { createMerge, type Measures, sum } from "./columns.ts";
import { type Period, periodParameters, withinPeriod } from "./period.ts";

/** What adds up over pull requests and commits. */
const changeColumns = {
	opened: sum,
	merged: sum,
	/** Merged or not. */
	closed: sum,
	/** Closed in the period, merged or not: those with a known history, and those that were ever reopened. */
	historyKnown: sum,
	reopened: sum,
	/** Seconds from the creation to the merge, by the time of the merge. */
	mergeTimes: mergeHistograms,
	/** Commits that reached the default branch. */
	commits: sum,
};

export type ChangeMeasures = Measures<typeof changeColumns>;

const mergeChanges = createMerge(changeColumns);

export async function readChanges(db: Queryable, period: Period): Promise<ChangeMeasures> {
	const merged = withinPeriod(period, "merged_at");
	const closed = withinPeriod(period, "closed_at");
	const seconds = "extract(epoch FROM merged_at - created_at)::float8";
	// Whatever happened to a pull request in the period, it was last active no earlier: that much the index knows.
	const found = await db.query<Omit<ChangeMeasures, "mergeTimes"> & Omit<Bin, "count">>(
		`SELECT CASE WHEN ${merged} THEN ${binInSql(seconds)} END AS bin,
min(${seconds}) FILTER (WHERE ${merged}) AS min, max(${seconds}) FILTER (WHERE ${merged}) AS max,
count(*) FILTER (WHERE ${withinPeriod(period, "created_at")})::int AS opened,
count(*) FILTER (WHERE ${merged})::int AS merged, count(*) FILTER (WHERE ${closed})::int AS closed,
count(reopened_count) FILTER (WHERE ${closed})::int AS "historyKnown",
count(*) FILTER (WHERE ${closed} AND reopened_count > 0)::int AS reopened, 0 AS commits
FROM pull_requests WHERE last_active_at >= $1::timestamptz GROUP BY 1
UNION ALL SELECT NULL, NULL, NULL, 0, 0, 0, 0, 0, count(*)::int
FROM commits WHERE ${withinPeriod(period, "committed_at")}`,
		periodParameters(period),
	);
	return mergeChanges(
		found.map((row) => ({ measures: { ...row, mergeTimes: toHistogram({ ...row, count: row.merged }) } })),
	);
}
