import type { Queryable } from "@tidemark/db";
import { binInSql, emptyHistogram } from "../math/histogram.ts";
import { counts, histogram, type Measures, mergeMeasures, sum } from "./columns.ts";
import {
	hasDetails,
	hasFailed,
	hasSucceeded,
	isFailure,
	isFinished,
	isOnDefaultBranch,
	isSuccess,
	outcome,
} from "./conditions.ts";
import { type Period, periodParameters, withinPeriod } from "./period.ts";
import { pieceInSql, type Timeline, toArray } from "./timeline.ts";
import type { WorkflowId } from "./workflows.ts";

/**
 * What adds up over runs. S is the conclusion success; F are failure, timed_out and startup_failure; whatever else
 * GitHub reports counts in neither.
 */
export const runColumns = {
	runs: sum,
	attempts: sum,
	/** Runs by the outcome of their newest attempt. */
	outcomes: counts,
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
	durations: histogram,
	/** Seconds from the creation of the run, or the start of the re-run, to the start of its first job. */
	queues: histogram,
};

export type RunMeasures = Measures<typeof runColumns>;

export function mergeRuns(cells: readonly RunCell[]): RunMeasures {
	return mergeMeasures(
		runColumns,
		cells.map(({ measures }) => measures),
	);
}

/** Measures of one workflow in one piece of time. Several cells may share both. */
export interface RunCell extends WorkflowId {
	readonly piece: number;
	readonly measures: Partial<RunMeasures>;
}

type Sums = Omit<RunMeasures, "outcomes" | "succeeded" | "failed" | "branchSucceeded" | "branchFailed">;
type Found = WorkflowId & Sums & { piece: number; isOnDefaultBranch: boolean; outcome: string };

/** Reads the runs of a period by their time of creation; all attempts of a run share it, so none is cut off. */
export async function readRunCells(db: Queryable, period: Period, timeline: Timeline): Promise<RunCell[]> {
	return [...(await readSums(db, period, timeline.bounds)), ...(await readTimes(db, period, timeline))];
}

/** Each run counts by its newest attempt. */
async function readSums(db: Queryable, period: Period, bounds: readonly string[]): Promise<RunCell[]> {
	const cells = await db.query<Found>(
		`WITH runs AS (
SELECT repository_id, workflow_id, run_created_at, count(*) AS attempts, max(run_attempt) AS newest,
(array_agg(${outcome} ORDER BY run_attempt DESC))[1] AS outcome,
min(branch) AS branch, min(event_type) AS event_type,
min(head_repository) AS head_repository, min(repository) AS repository,
coalesce(bool_or(run_attempt = 1 AND ${hasSucceeded("conclusion")}), false) AS first_succeeded,
coalesce(bool_or(run_attempt = 1 AND ${hasFailed("conclusion")}), false) AS first_failed,
min(run_attempt) FILTER (WHERE ${hasFailed("conclusion")}) AS failed,
max(run_attempt) FILTER (WHERE ${hasSucceeded("conclusion")}) AS succeeded,
count(*) FILTER (WHERE completed_at_is_estimate AND ${isFinished}) AS estimates
FROM workflow_runs WHERE ${withinPeriod(period, "run_created_at")} AND ${hasDetails}
GROUP BY github_run_id, repository_id, workflow_id, run_created_at
)
SELECT repository_id AS "repositoryId", workflow_id AS "workflowId", outcome,
${pieceInSql("run_created_at", bounds, "$3")} AS piece,
coalesce(${isOnDefaultBranch}, false) AS "isOnDefaultBranch",
count(*)::int AS runs, sum(attempts)::int AS attempts, count(*) FILTER (WHERE newest > 1)::int AS reruns,
count(*) FILTER (WHERE first_succeeded)::int AS "firstSucceeded",
count(*) FILTER (WHERE first_failed)::int AS "firstFailed",
count(*) FILTER (WHERE failed < succeeded)::int AS flaky,
count(coalesce(failed, succeeded))::int AS judged, sum(estimates)::int AS estimates
FROM runs AS workflow_runs LEFT JOIN (SELECT repository_id, default_branch FROM repositories) AS repositories
USING (repository_id) GROUP BY 1, 2, 3, 4, 5`,
		[...periodParameters(period), toArray(bounds)],
	);
	return cells.map(({ repositoryId, workflowId, piece, isOnDefaultBranch, outcome, ...sums }) => {
		const succeeded = isSuccess(outcome) ? sums.runs : 0;
		const failed = isFailure(outcome) ? sums.runs : 0;
		const branch = isOnDefaultBranch ? { branchSucceeded: succeeded, branchFailed: failed } : {};
		return {
			...{ repositoryId, workflowId, piece },
			measures: { ...sums, outcomes: { [outcome]: sums.runs }, succeeded, failed, ...branch },
		};
	});
}

interface Bin extends WorkflowId {
	readonly dayBound: number;
	readonly measure: "durations" | "queues";
	readonly bin: number;
	readonly count: number;
	readonly min: number;
	readonly max: number;
}

async function readTimes(db: Queryable, period: Period, { dayBounds, findPiece }: Timeline): Promise<RunCell[]> {
	const measured = "duration_seconds IS NOT NULL AND completed_at_is_estimate IS NOT TRUE";
	const attempts = (measure: string, seconds: string, isKnown: string) =>
		`SELECT repository_id, workflow_id, ${pieceInSql("run_created_at", dayBounds, "$3")} AS day_bound,
'${measure}' AS measure, ${seconds} AS seconds FROM workflow_runs
WHERE ${withinPeriod(period, "run_created_at")} AND ${hasDetails} AND ${isFinished} AND ${isKnown}`;
	const bins = await db.query<Bin>(
		`SELECT repository_id AS "repositoryId", workflow_id AS "workflowId", day_bound AS "dayBound", measure,
${binInSql("seconds")} AS bin, count(*)::int AS count, min(seconds) AS min, max(seconds) AS max
FROM (${attempts("durations", "duration_seconds", measured)}
UNION ALL ${attempts("queues", "queue_seconds", "queue_seconds IS NOT NULL")}) AS timed GROUP BY 1, 2, 3, 4, 5`,
		[...periodParameters(period), toArray(dayBounds)],
	);
	return bins.map(({ repositoryId, workflowId, dayBound, measure, bin, count, min, max }) => ({
		...{ repositoryId, workflowId, piece: findPiece(dayBound) },
		measures: { [measure]: { ...emptyHistogram, min, max, bins: [[bin, count]] } },
	}));
}
