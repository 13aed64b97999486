import type { Queryable } from "@tidemark/db";
import { type Period, periodParameters, withinPeriod } from "../period.ts";
import { isFinished, isTold } from "./conditions.ts";

/** What the figures may be missing. */
export interface Completeness {
	/** When the repository that waits the longest was last gone through in full (31 days of runs); null where none was. */
	readonly lastSweep: string | null;
	/** Repositories that were never gone through in full. */
	readonly neverSwept: number;
	/** Finished attempts whose jobs are still to be asked for: minutes, costs and durations lack them. */
	readonly jobsToCome: number;
	/** Runs that GitHub has deleted since; they count as they were last seen. */
	readonly deletedRuns: number;
	/** Earlier attempts that GitHub no longer tells: they count in nothing. */
	readonly lostAttempts: number;
	/** Times of more than a day in which nobody collected the runs of a repository; the longest first. */
	readonly pauses: readonly Pause[];
}

export interface Pause {
	/** As the ingestion calls it: the repository. */
	readonly target: string;
	readonly from: string;
	readonly to: string;
}

export async function readCompleteness(db: Queryable, period: Period): Promise<Completeness> {
	const [swept] = await db.query<Pick<Completeness, "lastSweep" | "neverSwept">>(
		`SELECT min(swept_at) AS "lastSweep", count(*) FILTER (WHERE swept_at IS NULL)::int AS "neverSwept"
FROM repositories WHERE archived IS NOT TRUE`,
	);
	const [attempts] = await db.query<Pick<Completeness, "jobsToCome" | "deletedRuns" | "lostAttempts">>(
		`SELECT count(*) FILTER (WHERE ${isFinished} AND gone_at IS NULL AND (state IS NULL OR state = 'failed'))::int AS "jobsToCome",
count(DISTINCT CASE WHEN gone_at IS NOT NULL AND ${isTold} THEN github_run_id END)::int AS "deletedRuns",
count(*) FILTER (WHERE NOT (${isTold}))::int AS "lostAttempts"
FROM workflow_runs LEFT JOIN (SELECT github_run_id, run_attempt, state FROM job_lookups) AS lookup
USING (github_run_id, run_attempt) WHERE ${withinPeriod(period, "run_created_at")}`,
		periodParameters(period),
	);
	return {
		lastSweep: swept?.lastSweep ?? null,
		neverSwept: swept?.neverSwept ?? 0,
		jobsToCome: attempts?.jobsToCome ?? 0,
		deletedRuns: attempts?.deletedRuns ?? 0,
		lostAttempts: attempts?.lostAttempts ?? 0,
		pauses: await readPauses(db, period),
	};
}

/**
 * The gaps between ingestions of runs that came to an end, with all they read stored. Schedules skip, and GitHub
 * disables those of quiet repositories after 60 days; the runs of such a time are read afterwards, less what GitHub had
 * deleted by then.
 */
async function readPauses(db: Queryable, period: Period): Promise<Pause[]> {
	return db.query<Pause>(
		`SELECT target, before AS from, finished_at AS to FROM (
SELECT target, finished_at, lag(finished_at) OVER (PARTITION BY target ORDER BY finished_at) AS before
FROM ingestions WHERE source = 'github:runs' AND outcome IN ('done', 'partial')
) AS gaps
WHERE finished_at - before > interval '24 hours' AND finished_at > $1::timestamptz
AND ($2::timestamptz IS NULL OR before < $2::timestamptz)
ORDER BY finished_at - before DESC, target, finished_at`,
		periodParameters(period),
	);
}
