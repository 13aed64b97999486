import type { Queryable } from "@tidemark/db";
import { hasDetails } from "./conditions.ts";
import { type Period, periodParameters, withinPeriod } from "./period.ts";

/** What identifies a workflow: GitHub's ids, which stay when a workflow or its repository is renamed. */
export interface WorkflowId {
	readonly repositoryId: number;
	readonly workflowId: number | null;
}

/** With what its workflow and repository are called now: the name, or the path of the file if no run has a name. */
export type Named<Thing> = Thing & { readonly repository: string; readonly workflow: string | null };

/** The workflows that ran in a period. */
export interface Workflows {
	name<Thing extends WorkflowId>(thing: Thing): Named<Thing>;
	/** What is not known to be public is charged. */
	isPublic(repositoryId: number): boolean;
}

export function workflowKey({ repositoryId, workflowId }: WorkflowId): string {
	return `${repositoryId}:${workflowId ?? ""}`;
}

export async function readWorkflows(db: Queryable, period: Period): Promise<Workflows> {
	// To sort all runs by time would take several times as long as to sum up the few names that a workflow ever had.
	const found = await db.query<Named<WorkflowId> & { isPublic: boolean | null }>(
		`SELECT repository_id AS "repositoryId", workflow_id AS "workflowId", name AS workflow,
coalesce(repositories.repository, held.repository) AS repository, visibility = 'public' AS "isPublic"
FROM (SELECT repository_id, workflow_id, repository, coalesce(workflow_name, workflow_path) AS name,
max(run_created_at) AS newest FROM workflow_runs
WHERE ${withinPeriod(period, "run_created_at")} AND ${hasDetails} GROUP BY 1, 2, 3, 4) AS held
LEFT JOIN repositories USING (repository_id) ORDER BY name IS NOT NULL, newest, name`,
		periodParameters(period),
	);
	// Later entries of a key replace the earlier ones.
	const names = new Map(found.map(({ repository, workflow, ...id }) => [workflowKey(id), { repository, workflow }]));
	const publicIds = new Set(found.filter(({ isPublic }) => isPublic).map(({ repositoryId }) => repositoryId));
	return {
		name: (thing) => ({
			...thing,
			...(names.get(workflowKey(thing)) ?? { repository: String(thing.repositoryId), workflow: null }),
		}),
		isPublic: (repositoryId) => publicIds.has(repositoryId),
	};
}
