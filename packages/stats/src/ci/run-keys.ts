import type { Day } from "../buckets.ts";
import type { AttemptKey } from "./attempt-times.ts";
import type { JobCell } from "./job-cells.ts";
import type { RunCell } from "./run-cells.ts";
import { keyOfWorkflow, type WorkflowNames } from "./workflow.ts";

/** What tells groups of runs apart: said in SQL for what the database adds up, and here for the cells. */
export interface RunKey<Names> extends AttemptKey {
	of(cell: RunCell | JobCell): string;
	namesOf(key: string): Names;
}

type NamesByWorkflow = ReadonlyMap<string, WorkflowNames>;

export function workflowKey(names: NamesByWorkflow): RunKey<WorkflowNames> {
	return {
		sql: "repository_id || ':' || coalesce(workflow_id::text, '')",
		parameters: [],
		of: keyOfWorkflow,
		namesOf: (key) => names.get(key) ?? { repository: key, workflow: null },
	};
}

export function repositoryKey(names: NamesByWorkflow): RunKey<{ readonly name: string }> {
	const byId = new Map([...names].map(([key, { repository }]) => [key.slice(0, key.indexOf(":")), repository]));
	return {
		sql: "repository_id::text",
		parameters: [],
		of: ({ repositoryId }) => String(repositoryId),
		namesOf: (key) => ({ name: byId.get(key) ?? key }),
	};
}

/** The cells must have been cut at the days' beginnings. */
export function dayKey(days: readonly Day[]): RunKey<{ readonly name: string }> {
	return {
		sql: "(width_bucket(run_created_at, $3::timestamptz[]) - 1)::text",
		parameters: [`{${days.map(({ start }) => start).join(",")}}`],
		of: ({ bucket }) => String(bucket),
		namesOf: (key) => ({ name: days[Number(key)]?.date ?? key }),
	};
}
