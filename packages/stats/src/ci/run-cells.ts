import type { Queryable } from "@tidemark/db";
import { type Period, periodParameters, withinPeriod } from "../period.ts";
import { hasFailed, hasSucceeded, isOnDefaultBranch, isTold, outcome } from "./conditions.ts";
import type { WorkflowId } from "./workflow.ts";

/** Runs of one workflow in one piece of time that came to the same end; counts, so that cells can be added up. */
export interface RunCell extends WorkflowId {
	/** Position among the bounds. */
	readonly bucket: number;
	readonly isOnDefaultBranch: boolean;
	/** What became of the newest attempt. */
	readonly outcome: string;
	readonly runs: number;
	readonly attempts: number;
	/** Runs of which a second attempt was made. */
	readonly rerun: number;
	/** Runs whose first attempt succeeded, and failed. */
	readonly firstSucceeded: number;
	readonly firstFailed: number;
	/** Runs that failed and succeeded in a later attempt. */
	readonly flaky: number;
	/** Runs with an attempt that succeeded or failed: of these can be said whether they are flaky. */
	readonly judged: number;
}

/**
 * Counts the runs of a period, each by its newest attempt, for each piece of time between the bounds (canonical
 * instants, ascending; the last is open). All attempts of a run share its time of creation, so none is cut off.
 */
export async function readRunCells(db: Queryable, period: Period, bounds: readonly string[]): Promise<RunCell[]> {
	return db.query<RunCell>(
		`WITH runs AS (
SELECT repository_id, workflow_id, run_created_at, count(*) AS attempts, max(run_attempt) AS newest,
(array_agg(${outcome} ORDER BY run_attempt DESC))[1] AS outcome,
min(branch) AS branch, min(event_type) AS event_type,
min(head_repository) AS head_repository, min(repository) AS repository,
coalesce(bool_or(run_attempt = 1 AND ${hasSucceeded("conclusion")}), false) AS first_succeeded,
coalesce(bool_or(run_attempt = 1 AND ${hasFailed("conclusion")}), false) AS first_failed,
min(run_attempt) FILTER (WHERE ${hasFailed("conclusion")}) AS failed,
max(run_attempt) FILTER (WHERE ${hasSucceeded("conclusion")}) AS succeeded
FROM workflow_runs WHERE ${withinPeriod(period, "run_created_at")} AND ${isTold}
GROUP BY github_run_id, repository_id, workflow_id, run_created_at
)
SELECT repository_id AS "repositoryId", workflow_id AS "workflowId", outcome,
width_bucket(run_created_at, $3::timestamptz[]) - 1 AS bucket,
coalesce(${isOnDefaultBranch}, false) AS "isOnDefaultBranch",
count(*)::int AS runs, sum(attempts)::int AS attempts, count(*) FILTER (WHERE newest > 1)::int AS rerun,
count(*) FILTER (WHERE first_succeeded)::int AS "firstSucceeded",
count(*) FILTER (WHERE first_failed)::int AS "firstFailed",
count(*) FILTER (WHERE failed < succeeded)::int AS flaky,
count(coalesce(failed, succeeded))::int AS judged
FROM runs AS workflow_runs LEFT JOIN (SELECT repository_id, default_branch FROM repositories) AS repositories
USING (repository_id) GROUP BY 1, 2, 3, 4, 5`,
		[...periodParameters(period), `{${bounds.join(",")}}`],
	);
}
