import type { Queryable } from "@tidemark/db";
import { type Bin, binInSql, mergeHistograms, toHistogram } from "../math/histogram.ts";
import { addCounts, createMerge, type Measures, sum } from "./columns.ts";
import { hasDetails, hasFailed, hasSucceeded, isFinished, isOnDefaultBranch, outcome } from "./conditions.ts";
import { type Period, periodParameters, withinPeriod } from "./period.ts";
import { pieceInSql, type Timeline, toArray } from "./timeline.ts";
import type { WorkflowId } from "./workflows.ts";

/**
 * What adds up over runs. S is the conclusion success; F are failure, timed_out and startup_failure; whatever else
 * GitHub reports counts in neither.
 */
const runColumns = {
	runs: sum,
	attempts: sum,
	/** Runs by the outcome of their newest attempt. */
	outcomes: addCounts,
	/** Runs whose newest attempt is in S, and in F. */
	succeeded: sum,
	failed: sum,
	/** The same for runs of the default branch. */
	branchSucceeded: sum,
	branchFailed: sum,
	/** Runs whose first attempt is in S, and in F. */
	firstSucceeded: sum,
	firstFailed: sum,
	/** Runs with a second attempt. */
	reruns: sum,
	/** Runs that failed and succeeded in a later attempt, and runs with an attempt in S or F. */
	flaky: sum,
	judged: sum,
	/** Finished attempts without a job that ran. GitHub's `updated_at` alone hints at their end and may be weeks late. */
	estimates: sum,
	/**
	 * Seconds from the start of the first to the end of the last job that ran in an attempt. Every finished attempt counts
	 * with its own, whatever its number and conclusion, if its jobs are known.
	 */
	durations: mergeHistograms,
	/** Seconds from the creation of the run, or the start of the re-run, to the start of its first job. */
	queues: mergeHistograms,
};

export type RunMeasures = Measures<typeof runColumns>;

export const mergeRuns = createMerge(runColumns);

/** Measures of one workflow in one piece of time. Several cells may share both. */
export interface RunCell extends WorkflowId {
	readonly piece: number;
	readonly measures: Partial<RunMeasures>;
}

/** Reads the runs of a period by their time of creation; all attempts of a run share it, so none is cut off. */
export async function readRunCells(db: Queryable, period: Period, timeline: Timeline): Promise<RunCell[]> {
	return [...(await readSums(db, period, timeline.bounds)), ...(await readTimes(db, period, timeline))];
}

/** Each run counts by its newest attempt. */
async function readSums(db: Queryable, period: Period, bounds: readonly string[]): Promise<RunCell[]> {
	const cells = await db.query<WorkflowId & RunMeasures & { piece: number; outcome: string }>(
		`WITH runs AS (
SELECT repository_id, workflow_id, run_created_at, count(*) AS attempts, max(run_attempt) AS newest,
(array_agg(${outcome} ORDER BY run_attempt DESC))[1] AS conclusion,
min(branch) AS branch, min(event_type) AS event_type,
min(head_repository) AS head_repository, min(repository) AS repository,
bool_or(run_attempt = 1 AND ${hasSucceeded}) AS first_succeeded, bool_or(run_attempt = 1 AND ${hasFailed}) AS first_failed,
min(run_attempt) FILTER (WHERE ${hasFailed}) AS failed, max(run_attempt) FILTER (WHERE ${hasSucceeded}) AS succeeded,
count(*) FILTER (WHERE completed_at_is_estimate AND ${isFinished}) AS estimates
FROM workflow_runs WHERE ${withinPeriod(period, "run_created_at")} AND ${hasDetails}
GROUP BY github_run_id, repository_id, workflow_id, run_created_at
)
SELECT repository_id AS "repositoryId", workflow_id AS "workflowId", conclusion AS outcome,
${pieceInSql("run_created_at", bounds, "$3")} AS piece,
count(*)::int AS runs, sum(attempts)::int AS attempts, count(*) FILTER (WHERE newest > 1)::int AS reruns,
count(*) FILTER (WHERE ${hasSucceeded})::int AS succeeded, count(*) FILTER (WHERE ${hasFailed})::int AS failed,
count(*) FILTER (WHERE ${isOnDefaultBranch} AND ${hasSucceeded})::int AS "branchSucceeded",
count(*) FILTER (WHERE ${isOnDefaultBranch} AND ${hasFailed})::int AS "branchFailed",
count(*) FILTER (WHERE first_succeeded)::int AS "firstSucceeded",
count(*) FILTER (WHERE first_failed)::int AS "firstFailed",
count(*) FILTER (WHERE failed < succeeded)::int AS flaky,
count(coalesce(failed, succeeded))::int AS judged, sum(estimates)::int AS estimates
FROM runs AS workflow_runs LEFT JOIN (SELECT repository_id, default_branch FROM repositories) AS repositories
USING (repository_id) GROUP BY 1, 2, 3, 4`,
		[...periodParameters(period), toArray(bounds)],
	);
	return cells.map(({ repositoryId, workflowId, piece, outcome, ...sums }) => ({
		...{ repositoryId, workflowId, piece },
		measures: { ...sums, outcomes: { [outcome]: sums.runs } },
	}));
}

async function readTimes(db: Queryable, period: Period, { dayBounds, findPiece }: Timeline): Promise<RunCell[]> {
	const measured = "duration_seconds IS NOT NULL AND completed_at_is_estimate IS NOT TRUE";
	const attempts = (measure: string, seconds: string, isKnown: string) =>
		`SELECT repository_id, workflow_id, ${pieceInSql("run_created_at", dayBounds, "$3")} AS day_bound,
'${measure}' AS measure, ${seconds} AS seconds FROM workflow_runs
WHERE ${withinPeriod(period, "run_created_at")} AND ${hasDetails} AND ${isFinished} AND ${isKnown}`;
	const bins = await db.query<WorkflowId & Bin & { dayBound: number; measure: "durations" | "queues" }>(
		`SELECT repository_id AS "repositoryId", workflow_id AS "workflowId", day_bound AS "dayBound", measure,
${binInSql("seconds")} AS bin, count(*)::int AS count, min(seconds) AS min, max(seconds) AS max
FROM (${attempts("durations", "duration_seconds", measured)}
UNION ALL ${attempts("queues", "queue_seconds", "queue_seconds IS NOT NULL")}) AS timed GROUP BY 1, 2, 3, 4, 5`,
		[...periodParameters(period), toArray(dayBounds)],
	);
	return bins.map(({ repositoryId, workflowId, dayBound, measure, ...bin }) => ({
		...{ repositoryId, workflowId, piece: findPiece(dayBound) },
		measures: { [measure]: toHistogram(bin) },
	}));
}
