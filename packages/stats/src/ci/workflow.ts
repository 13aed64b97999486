import type { Queryable } from "@tidemark/db";
import { type Period, periodParameters, withinPeriod } from "../period.ts";
import { isTold } from "./conditions.ts";

/** What tells workflows apart: GitHub's ids, which stay when a workflow or its repository is renamed. */
export interface WorkflowId {
	readonly repositoryId: number;
	readonly workflowId: number | null;
}

/** How a workflow and its repository are called now. */
export interface WorkflowNames {
	readonly repository: string;
	/** Its name, or the path of its file; null where no run says either. */
	readonly workflow: string | null;
}

export function keyOfWorkflow({ repositoryId, workflowId }: WorkflowId): string {
	return `${repositoryId}:${workflowId ?? ""}`;
}

/** The newest names of the workflows that ran in a period, by `keyOfWorkflow`. */
export async function readWorkflowNames(db: Queryable, period: Period): Promise<ReadonlyMap<string, WorkflowNames>> {
	// To sort all runs by time would take several times as long as to sum up the few names that a workflow ever had.
	const found = await db.query<WorkflowId & WorkflowNames>(
		`SELECT repository_id AS "repositoryId", workflow_id AS "workflowId", name AS workflow,
coalesce(repositories.repository, held.repository) AS repository
FROM (SELECT repository_id, workflow_id, repository, coalesce(workflow_name, workflow_path) AS name,
max(run_created_at) AS newest FROM workflow_runs
WHERE ${withinPeriod(period, "run_created_at")} AND ${isTold} GROUP BY 1, 2, 3, 4) AS held
LEFT JOIN repositories USING (repository_id) ORDER BY name IS NOT NULL, newest, name`,
		periodParameters(period),
	);
	// Later entries of a key replace the earlier ones.
	return new Map(found.map(({ repository, workflow, ...id }) => [keyOfWorkflow(id), { repository, workflow }]));
}
