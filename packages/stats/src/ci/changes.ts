import type { Queryable } from "@tidemark/db";
import { type Rate, rateOf } from "../figure.ts";
import { type Period, periodParameters, withinPeriod } from "../period.ts";

/** The pull requests and commits of a period. */
export interface Changes {
	readonly pullRequests: {
		readonly opened: number;
		readonly merged: number;
		/** Merged or not. */
		readonly closed: number;
		/** Median hours from the creation to the merge, of those merged in the period. */
		readonly hoursToMerge: number | null;
		/** Of those closed in the period, merged or not, whose history is known: the share that was ever reopened. */
		readonly reopened: Rate;
	};
	/** Commits that reached the default branch. */
	readonly commits: number;
}

export async function readChanges(db: Queryable, period: Period): Promise<Changes> {
	const merged = withinPeriod(period, "merged_at");
	const closed = withinPeriod(period, "closed_at");
	// Whatever happened to a pull request in the period, it was last active no earlier: that much the index can tell.
	const [pulls] = await db.query<Record<"opened" | "merged" | "closed" | "known" | "reopened", number> & Hours>(
		`SELECT count(*) FILTER (WHERE ${withinPeriod(period, "created_at")})::int AS opened,
count(*) FILTER (WHERE ${merged})::int AS merged, count(*) FILTER (WHERE ${closed})::int AS closed,
count(reopened_count) FILTER (WHERE ${closed})::int AS known,
count(*) FILTER (WHERE ${closed} AND reopened_count > 0)::int AS reopened,
percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM merged_at - created_at)::float8 / 3600)
FILTER (WHERE ${merged}) AS hours
FROM pull_requests WHERE last_active_at >= $1::timestamptz`,
		periodParameters(period),
	);
	const [commits] = await db.query<{ count: number }>(
		`SELECT count(*)::int AS count FROM commits WHERE ${withinPeriod(period, "committed_at")}`,
		periodParameters(period),
	);
	const {
		opened = 0,
		merged: mergedCount = 0,
		closed: closedCount = 0,
		hours = null,
		known = 0,
		reopened = 0,
	} = pulls ?? {};
	return {
		pullRequests: {
			opened,
			merged: mergedCount,
			closed: closedCount,
			hoursToMerge: hours,
			reopened: rateOf(reopened, known),
		},
		commits: commits?.count ?? 0,
	};
}

interface Hours {
	readonly hours: number | null;
}
