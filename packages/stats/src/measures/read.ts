import type { Queryable } from "@tidemark/db";
import { type CallCell, type CallGrouping, readCallCells } from "./calls.ts";
import { type ChangeMeasures, readChanges } from "./changes.ts";
import { type Completeness, type DataThrough, readCompleteness, readDataThrough } from "./completeness.ts";
import { type FlakyJob, readFlakiness } from "./flaky-jobs.ts";
import { type Incident, readIncidents } from "./incidents.ts";
import { type JobCell, readJobCells } from "./jobs.ts";
import { type Period, type Reach, readReach } from "./period.ts";
import { type RunCell, readRunCells } from "./runs.ts";
import { readTimeline, type Timeline } from "./timeline.ts";
import { type Named, readWorkflows, type Workflows } from "./workflows.ts";

/** The measures of the calls of a period. */
export interface CallFacts extends Reach {
	readonly period: Period;
	/** Null when the period holds no calls. */
	readonly timeline: Timeline | null;
	readonly grouping: CallGrouping | null;
	readonly cells: readonly CallCell[];
	readonly dataThrough: string | null;
}

/** The measures of the GitHub Actions of a period, with the pull requests and commits of the same repositories. */
export interface CiFacts extends Reach {
	readonly period: Period;
	/** Null when the period holds no runs. */
	readonly timeline: Timeline | null;
	readonly workflows: Workflows;
	readonly runs: readonly RunCell[];
	readonly jobs: readonly JobCell[];
	readonly incidents: readonly Named<Incident>[];
	/** Those that flaked for the most commits first. */
	readonly flakyJobs: readonly Named<FlakyJob>[];
	/** What the failed jobs of flaky runs took. */
	readonly flakyMinutes: number;
	readonly changes: ChangeMeasures;
	readonly completeness: Completeness;
	readonly dataThrough: string | null;
}

export interface Facts {
	readonly ci: CiFacts;
	readonly calls: CallFacts;
}

export interface ReadOptions {
	/** Whether measures of single days are wanted. */
	readonly wantsDays: boolean;
	/** Runs and jobs always come by workflow and runner. */
	readonly grouping: CallGrouping | null;
}

/** Reads what a document needs of a period. A part without events costs a few index reads. */
export async function readFacts(db: Queryable, period: Period, options: ReadOptions): Promise<Facts> {
	const through = await readDataThrough(db);
	return { ci: await readCi(db, period, options, through), calls: await readCalls(db, period, options, through) };
}

async function readCalls(
	db: Queryable,
	period: Period,
	{ wantsDays, grouping }: ReadOptions,
	{ calls: dataThrough }: DataThrough,
): Promise<CallFacts> {
	const reach = await readReach(db, period, { table: "llm_calls", time: "timestamp" });
	const timeline = reach.span && (await readTimeline(db, reach.span, period.zone, wantsDays));
	const cells = timeline ? await readCallCells(db, period, timeline, grouping) : [];
	return { ...reach, period, timeline, grouping, cells, dataThrough };
}

async function readCi(
	db: Queryable,
	period: Period,
	{ wantsDays }: ReadOptions,
	{ github: dataThrough }: DataThrough,
): Promise<CiFacts> {
	const reach = await readReach(db, period, { table: "workflow_runs", time: "run_created_at" });
	const timeline = reach.span && (await readTimeline(db, reach.span, period.zone, wantsDays));
	const workflows = await readWorkflows(db, period);
	const flakiness = timeline ? await readFlakiness(db, period) : { jobs: [], minutesLost: 0 };
	return {
		...reach,
		...{ period, timeline, workflows, dataThrough },
		runs: timeline ? await readRunCells(db, period, timeline) : [],
		jobs: timeline ? await readJobCells(db, period, timeline, workflows) : [],
		incidents: timeline ? (await readIncidents(db, period)).map(workflows.name) : [],
		flakyJobs: flakiness.jobs.map(workflows.name),
		flakyMinutes: flakiness.minutesLost,
		changes: await readChanges(db, period),
		completeness: await readCompleteness(db, period),
	};
}
