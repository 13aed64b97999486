import type { Queryable } from "@tidemark/db";
import { endedAt, hasFailed, hasSucceeded, isOnDefaultBranch } from "./conditions.ts";
import { type Period, periodParameters, withinPeriod } from "./period.ts";
import { type WorkflowId, workflowKey } from "./workflows.ts";

/** A time in which a workflow was red on the default branch. */
export interface Incident extends WorkflowId {
	/** When the first attempt ended that failed. */
	readonly openedAt: string;
	/** No success came before it in the period: it may have been red for longer. */
	readonly isOpenedAtStart: boolean;
	/** When the next attempt ended that succeeded; null while it is red. */
	readonly closedAt: string | null;
	/** The last failure and the success were of the same commit: flaky rather than repaired. */
	readonly isClosedBySameCommit: boolean;
}

/**
 * The incidents of a period: for each workflow the attempts for the default branch that succeeded or failed, in the
 * order in which they ended. The first failure after a success (or at the start) opens one, the next success closes it;
 * what was cancelled does neither. Incidents do not add up: they are rows, one each.
 */
export async function readIncidents(db: Queryable, period: Period): Promise<Incident[]> {
	const turns = await db.query<WorkflowId & { isRed: boolean; at: string; isFirst: boolean; isSameCommit: boolean }>(
		`WITH results AS (
SELECT workflow_runs.repository_id, workflow_id, github_run_id, run_attempt, commit_sha,
${hasFailed} AS is_red, ${endedAt} AS at
FROM workflow_runs JOIN repositories ON repositories.repository_id = workflow_runs.repository_id
WHERE ${withinPeriod(period, "run_created_at")} AND ${isOnDefaultBranch}
AND (${hasFailed} OR ${hasSucceeded})
), ordered AS (
SELECT *, lag(is_red) OVER sequence AS was_red, lag(commit_sha) OVER sequence AS commit_before FROM results
WINDOW sequence AS (PARTITION BY repository_id, workflow_id ORDER BY at, github_run_id, run_attempt)
)
SELECT repository_id AS "repositoryId", workflow_id AS "workflowId", is_red AS "isRed", at,
was_red IS NULL AS "isFirst", coalesce(commit_sha = commit_before, false) AS "isSameCommit"
FROM ordered WHERE is_red IS DISTINCT FROM was_red
ORDER BY repository_id, workflow_id, at, github_run_id, run_attempt`,
		periodParameters(period),
	);
	return turns.flatMap(({ isRed, at, isFirst, isSameCommit: _, ...id }, index) => {
		if (!isRed) return [];
		// The turns of a workflow follow each other, red and green in turn.
		const next = turns[index + 1];
		const closing = next && workflowKey(next) === workflowKey(id) ? next : null;
		const isClosedBySameCommit = closing?.isSameCommit ?? false;
		return { ...id, openedAt: at, isOpenedAtStart: isFirst, closedAt: closing?.at ?? null, isClosedBySameCommit };
	});
}
