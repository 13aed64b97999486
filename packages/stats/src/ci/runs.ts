import type { Queryable } from "@tidemark/db";
import { type Buckets, bucketsOf, readDays } from "../buckets.ts";
import { sumOf } from "../figure.ts";
import { type Period, periodParameters, type Span, withinPeriod } from "../period.ts";
import { noTimes, readAttemptTimes } from "./attempt-times.ts";
import { type CiFigures, ciFiguresOf } from "./ci-figures.ts";
import { isTold } from "./conditions.ts";
import { readJobCells } from "./job-cells.ts";
import { readRunCells } from "./run-cells.ts";
import { dayKey, type RunKey, repositoryKey, workflowKey } from "./run-keys.ts";
import type { PublicRepositories } from "./runner-figures.ts";
import { type RunnerGroup, runnerGroupsOf } from "./runner-groups.ts";
import type { WorkflowNames } from "./workflow.ts";

/** By what runs can be told apart; workflows and runners always are. */
export type RunGrouping = "day" | "workflow" | "runner" | "repository";

/** The runs of one day (`2026-02-23`) or of one repository. */
export interface RunGroup extends CiFigures {
	readonly name: string;
}

export interface WorkflowGroup extends CiFigures, WorkflowNames {}

/** Runs and their jobs, in total and in groups. */
export interface Runs {
	/** The pieces of time of the trend, from the first to the last run; null where there are no runs. */
	readonly buckets: Buckets | null;
	/** `trend` are the runs in each of them. */
	readonly total: CiFigures & { readonly trend: readonly number[] };
	/** Those with the most runs first. */
	readonly workflows: readonly WorkflowGroup[];
	readonly runners: readonly RunnerGroup[];
	/** Ascending; null where they were not asked for. */
	readonly days: readonly RunGroup[] | null;
	/** Those with the most runs first; null where they were not asked for. */
	readonly repositories: readonly RunGroup[] | null;
	/** Jobs that "re-run failed jobs" took over; they count where they ran. */
	readonly copiedJobs: number;
	/** Jobs that ended before they began, by GitHub's clocks; they have no duration. */
	readonly impossibleJobs: number;
}

export const noRuns: Runs = {
	buckets: null,
	total: { ...ciFiguresOf([], [], noTimes, new Set()), trend: [] },
	workflows: [],
	runners: [],
	days: null,
	repositories: null,
	copiedJobs: 0,
	impossibleJobs: 0,
};

export interface RunsOptions {
	readonly by: RunGrouping | undefined;
	/** By `keyOfWorkflow`. */
	readonly names: ReadonlyMap<string, WorkflowNames>;
	readonly publicRepositories: PublicRepositories;
}

/** Reads the runs of a period that holds some. */
export async function readRuns(db: Queryable, period: Period, span: Span, options: RunsOptions): Promise<Runs> {
	const { by, names, publicRepositories } = options;
	const buckets = await bucketsOf(db, span, period.zone);
	// Without days everything lies in one piece, whose beginning is any time before all of it.
	const days = by === "day" ? await readDays(db, span, period.zone) : [{ date: "", start: span.oldest }];
	const starts = days.map(({ start }) => start);
	const cells = await readRunCells(db, period, starts);
	const jobs = await readJobCells(db, period, starts);
	const total = await readAttemptTimes(db, period, { sql: "NULL::text", parameters: [] });
	const groups = async <Names>(key: RunKey<Names>) => {
		const times = await readAttemptTimes(db, period, key);
		const jobsByKey = Map.groupBy(jobs, key.of);
		return [...Map.groupBy(cells, key.of)].map(([name, cells]) => ({
			...key.namesOf(name),
			...ciFiguresOf(cells, jobsByKey.get(name) ?? [], times.get(name) ?? noTimes, publicRepositories),
		}));
	};
	return {
		buckets,
		total: {
			...ciFiguresOf(cells, jobs, total.get(null) ?? noTimes, publicRepositories),
			trend: await readTrend(db, period, buckets),
		},
		workflows: (await groups(workflowKey(names))).sort(
			byRuns(({ repository, workflow }) => `${repository} ${workflow}`),
		),
		runners: runnerGroupsOf(jobs, publicRepositories),
		days: by === "day" ? (await groups(dayKey(days))).sort((one, other) => compare(one.name, other.name)) : null,
		repositories: by === "repository" ? (await groups(repositoryKey(names))).sort(byRuns(({ name }) => name)) : null,
		copiedJobs: sumOf(jobs, ({ copied }) => copied),
		impossibleJobs: sumOf(jobs, ({ impossible }) => impossible),
	};
}

/** Runs in each of the buckets. */
async function readTrend(db: Queryable, period: Period, { starts }: Buckets): Promise<number[]> {
	const found = await db.query<{ bucket: number; runs: number }>(
		`SELECT width_bucket(run_created_at, $3::timestamptz[]) - 1 AS bucket, count(DISTINCT github_run_id)::int AS runs
FROM workflow_runs WHERE ${withinPeriod(period, "run_created_at")} AND ${isTold} GROUP BY 1`,
		[...periodParameters(period), `{${starts.join(",")}}`],
	);
	const runs = new Map(found.map(({ bucket, runs }) => [bucket, runs]));
	return starts.map((_, bucket) => runs.get(bucket) ?? 0);
}

function byRuns<Group extends CiFigures>(nameOf: (group: Group) => string) {
	return (one: Group, other: Group) => other.runs - one.runs || compare(nameOf(one), nameOf(other));
}

function compare(one: string, other: string): number {
	return one < other ? -1 : 1;
}
