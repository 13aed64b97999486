import type { Queryable } from "@tidemark/db";
import { readDataThrough } from "../data-through.ts";
import { type Period, readSpan } from "../period.ts";
import { type Changes, readChanges } from "./changes.ts";
import { type Completeness, readCompleteness } from "./completeness.ts";
import { type FlakyJob, readFlakiness } from "./flaky-jobs.ts";
import { type Incident, readIncidents } from "./incidents.ts";
import type { PublicRepositories } from "./runner-figures.ts";
import { noRuns, type RunGrouping, type Runs, readRuns } from "./runs.ts";
import { type TimeToGreen, timeToGreenOf } from "./time-to-green.ts";
import { keyOfWorkflow, readWorkflowNames, type WorkflowId, type WorkflowNames } from "./workflow.ts";

/** The GitHub Actions of a period, with the pull requests and commits of the same repositories. */
export interface Ci extends Runs, Changes {
	/** When an ingestion from GitHub last came to its end (outcome `done`); null if none ever did. */
	readonly dataThrough: string | null;
	/** When the newest run of the period was created. */
	readonly newest: string | null;
	/** When the newest run of all was created, in the period or not. */
	readonly newestEver: string | null;
	/** What is red on the default branch as the period ends; what has been for the longest comes first. */
	readonly red: readonly Named<Incident>[];
	readonly timeToGreen: TimeToGreen;
	/** Those that flaked for the most commits first. */
	readonly flakyJobs: readonly Named<FlakyJob>[];
	/** What the failed jobs of flaky runs took. */
	readonly flakyMinutes: number;
	readonly completeness: Completeness;
}

export type Named<Thing> = Thing & WorkflowNames;

/** Looks at the runs of a period by the time at which they were created; all attempts of a run belong to it. */
export async function readCi(db: Queryable, period: Period, by: RunGrouping | undefined): Promise<Ci> {
	const { span, newestEver } = await readSpan(db, period, { table: "workflow_runs", time: "run_created_at" });
	const names = await readWorkflowNames(db, period);
	const named = <Thing extends WorkflowId>(thing: Thing): Named<Thing> => {
		return {
			...thing,
			...(names.get(keyOfWorkflow(thing)) ?? { repository: String(thing.repositoryId), workflow: null }),
		};
	};
	const options = { by, names, publicRepositories: await readPublicRepositories(db) };
	const incidents = span ? await readIncidents(db, period) : [];
	const flakiness = span ? await readFlakiness(db, period) : { jobs: [], minutesLost: 0 };
	return {
		...(span ? await readRuns(db, period, span, options) : noRuns),
		...(await readChanges(db, period)),
		dataThrough: await readDataThrough(db, "LIKE 'github:%'"),
		newest: span?.newest ?? null,
		newestEver,
		red: incidents
			.filter(({ closedAt }) => closedAt === null)
			.sort((one, other) => (one.openedAt < other.openedAt ? -1 : 1))
			.map(named),
		timeToGreen: timeToGreenOf(incidents),
		flakyJobs: flakiness.jobs.map(named),
		flakyMinutes: flakiness.minutesLost,
		completeness: await readCompleteness(db, period),
	};
}

async function readPublicRepositories(db: Queryable): Promise<PublicRepositories> {
	const found = await db.query<{ id: number }>(
		"SELECT repository_id AS id FROM repositories WHERE visibility = 'public'",
	);
	return new Set(found.map(({ id }) => id));
}
