import type { Queryable } from "@tidemark/db";
import { hasDetails, isFinished } from "./conditions.ts";
import { type Period, periodParameters, withinPeriod } from "./period.ts";

/** What the figures may be missing. */
export interface Completeness {
	/** The last full sweep (31 days of runs) of the repository that has waited the longest; null when none had any. */
	readonly lastSweep: string | null;
	/** Repositories without a full sweep. */
	readonly neverSwept: number;
	/** Finished attempts whose jobs are not fetched yet: minutes, costs and durations lack them. */
	readonly jobsToCome: number;
	/** Runs that GitHub has deleted since; they count as they were last seen. */
	readonly deletedRuns: number;
	/** Earlier attempts that GitHub no longer reports: they count in nothing. */
	readonly lostAttempts: number;
	/** Times of more than a day in which nobody collected the runs of a repository; the longest first. */
	readonly pauses: readonly Pause[];
}

interface Pause {
	/** The repository. */
	readonly target: string;
	readonly from: string;
	readonly to: string;
}

export async function readCompleteness(db: Queryable, period: Period): Promise<Completeness> {
	const nothing = { lastSweep: null, neverSwept: 0, jobsToCome: 0, deletedRuns: 0, lostAttempts: 0 };
	const [found = nothing] = await db.query<Omit<Completeness, "pauses">>(
		`SELECT "lastSweep", "neverSwept", "jobsToCome", "deletedRuns", "lostAttempts"
FROM (SELECT min(swept_at) AS "lastSweep", count(*) FILTER (WHERE swept_at IS NULL)::int AS "neverSwept"
FROM repositories WHERE archived IS NOT TRUE) AS swept
CROSS JOIN (SELECT
count(*) FILTER (WHERE ${isFinished} AND gone_at IS NULL AND (state IS NULL OR state = 'failed'))::int AS "jobsToCome",
count(DISTINCT CASE WHEN gone_at IS NOT NULL AND ${hasDetails} THEN github_run_id END)::int AS "deletedRuns",
count(*) FILTER (WHERE NOT (${hasDetails}))::int AS "lostAttempts"
FROM workflow_runs LEFT JOIN (SELECT github_run_id, run_attempt, state FROM job_lookups) AS lookup
USING (github_run_id, run_attempt) WHERE ${withinPeriod(period, "run_created_at")}) AS attempts`,
		periodParameters(period),
	);
	// Schedules skip, and GitHub disables those of quiet repositories after 60 days. The runs of such a gap are read later,
	// except those that GitHub has deleted by then.
	const pauses = await db.query<Pause>(
		`SELECT target, before AS from, finished_at AS to FROM (
SELECT target, finished_at, lag(finished_at) OVER (PARTITION BY target ORDER BY finished_at) AS before
FROM ingestions WHERE source = 'github:runs' AND outcome IN ('done', 'partial')
) AS gaps
WHERE finished_at - before > interval '24 hours' AND finished_at > $1::timestamptz
AND ($2::timestamptz IS NULL OR before < $2::timestamptz)
ORDER BY finished_at - before DESC, target, finished_at`,
		periodParameters(period),
	);
	return { ...found, pauses };
}

/** When an ingestion last ended with all of its target read (outcome `done`); null if none ever did. */
export async function readDataThrough(db: Queryable): Promise<{ github: string | null; calls: string | null }> {
	const [found] = await db.query<{ github: string | null; calls: string | null }>(
		`SELECT max(finished_at) FILTER (WHERE source LIKE 'github:%') AS github,
max(finished_at) FILTER (WHERE source NOT LIKE 'github:%') AS calls FROM ingestions WHERE outcome = 'done'`,
	);
	return found ?? { github: null, calls: null };
}
