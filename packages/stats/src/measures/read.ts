import type { Queryable } from "@tidemark/db";
import { type CallCell, type CallGrouping, readCallCells } from "./calls.ts";
import { type ChangeMeasures, readChanges } from "./changes.ts";
import { type Completeness, readCompleteness, readDataThrough } from "./completeness.ts";
import { type FlakyJob, readFlakiness } from "./flaky-jobs.ts";
import { type Incident, readIncidents } from "./incidents.ts";
import { type JobCell, readJobCells } from "./jobs.ts";
import { type Period, type Reach, readReach } from "./period.ts";
import { type RunCell, readRunCells } from "./runs.ts";
import { readTimeline, type Timeline } from "./timeline.ts";
import { type Named, readWorkflows, type Workflows } from "./workflows.ts";

/** What is known of the events of a period, whichever they are. */
interface Events extends Reach {
	readonly period: Period;
	/** Null when the period holds no events. */
	readonly timeline: Timeline | null;
	readonly dataThrough: string | null;
}

/** The measures of the calls of a period. */
export interface CallFacts extends Events {
	readonly grouping: CallGrouping | null;
	readonly cells: readonly CallCell[];
}

/** The measures of the GitHub Actions of a period, with the pull requests and commits of the same repositories. */
export interface CiFacts extends Events {
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
}

export interface Facts {
	readonly ci: CiFacts;
	readonly calls: CallFacts;
}

interface ReadOptions {
	/** Whether measures of single days are wanted. */
	readonly wantsDays: boolean;
	/** Runs and jobs always come by workflow and runner. */
	readonly grouping: CallGrouping | null;
}

/** Reads what a document needs of a period. A part without events costs a few index reads. */
export async function readFacts(db: Queryable, period: Period, { wantsDays, grouping }: ReadOptions): Promise<Facts> {
	const through = await readDataThrough(db);
	const readEvents = async (table: string, time: string, dataThrough: string | null): Promise<Events> => {
		const reach = await readReach(db, period, table, time);
		const timeline = reach.span && (await readTimeline(db, reach.span, period.zone, wantsDays));
		return { ...reach, period, timeline, dataThrough };
	};
	const runs = await readEvents("workflow_runs", "run_created_at", through.github);
	const calls = await readEvents("llm_calls", "timestamp", through.calls);
	const cells = calls.timeline ? await readCallCells(db, period, calls.timeline, grouping) : [];
	return { ci: await readCi(db, runs), calls: { ...calls, grouping, cells } };
}

async function readCi(db: Queryable, events: Events): Promise<CiFacts> {
	const { period, timeline } = events;
	const workflows = await readWorkflows(db, period);
	const flakiness = timeline ? await readFlakiness(db, period) : { jobs: [], minutesLost: 0 };
	return {
		...events,
		workflows,
		runs: timeline ? await readRunCells(db, period, timeline) : [],
		jobs: timeline ? await readJobCells(db, period, timeline, workflows) : [],
		incidents: timeline ? (await readIncidents(db, period)).map(workflows.name) : [],
		flakyJobs: flakiness.jobs.map(workflows.name),
		flakyMinutes: flakiness.minutesLost,
		changes: await readChanges(db, period),
		completeness: await readCompleteness(db, period),
	};
}
