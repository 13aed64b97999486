import type { Queryable } from "@tidemark/db";
import { type Period, periodParameters, withinPeriod } from "../period.ts";
import { hasFailed } from "./conditions.ts";
import { type Runner, runnerOf } from "./runner.ts";
import { priceChanges } from "./runner-prices.ts";
import type { WorkflowId } from "./workflow.ts";

/** Jobs of one workflow in one piece of time that asked for the same labels and waited equally long; sums. */
export interface JobCell extends WorkflowId {
	/** Position among the bounds. */
	readonly bucket: number;
	/** How many price changes there had been when they ran. */
	readonly prices: number;
	/** Seconds from being queued to the start of those that ran; null where that is not known. */
	readonly queueSeconds: number | null;
	readonly machine: Machine;
	/** Those that ran in their attempt; the minutes below are theirs. */
	readonly jobs: number;
	/** Each job rounded up to whole minutes, as GitHub bills them. */
	readonly minutes: number;
	/** The minutes of what failed, was cancelled or ran again, each job once. */
	readonly wastedMinutes: number;
	/** Jobs that "re-run failed jobs" took over: they ran, and count, in the attempt before. */
	readonly copied: number;
	/** Jobs that ended before they began, by GitHub's clocks: they have no duration. */
	readonly impossible: number;
}

/** What jobs asked to run on. */
export interface Machine {
	/** The runner labels in one order, whatever the jobs say: `self-hosted, linux, x64`; null where they say none. */
	readonly name: string | null;
	/** Null for labels of which is not known what they stand for. */
	readonly runner: Runner | null;
}

type Sums = Pick<JobCell, "jobs" | "minutes" | "wastedMinutes" | "copied" | "impossible">;

/**
 * Sums up the jobs of all attempts of a period in one scan, which is what takes the time: a million jobs are 2 GB.
 * The queue times come as values with counts, because GitHub tells whole seconds and there are few of those; so
 * percentiles need no second scan. (See calls/scan.ts for the UNION ALL and the single key: all processors work.)
 */
export async function readJobCells(db: Queryable, period: Period, bounds: readonly string[]): Promise<JobCell[]> {
	const ran = "duration_seconds IS NOT NULL";
	const cells = await db.query<Sums & { key: string }>(
		`SELECT key, count(minutes)::int AS jobs, coalesce(sum(minutes), 0)::float8 AS minutes,
coalesce(sum(minutes) FILTER (WHERE is_wasted), 0)::float8 AS "wastedMinutes",
count(*) FILTER (WHERE is_copied)::int AS copied, count(*) FILTER (WHERE is_impossible)::int AS impossible
FROM (
SELECT repository_id || ':' || coalesce(workflow_id::text, '') || ':' || width_bucket(run_created_at, $3::timestamptz[]) - 1
|| ':' || CASE WHEN ${ran} THEN width_bucket(job.started_at, $4::timestamptz[]) || ':' || coalesce(job.queue_seconds::text, '')
ELSE '0:' END || ':' || coalesce(labels::text, '') AS key,
ceil(job.duration_seconds / 60) AS minutes,
${hasFailed("job.conclusion")} OR job.conclusion = 'cancelled' OR run_attempt > 1 AS is_wasted,
copied IS TRUE AS is_copied,
copied IS NOT TRUE AND job.conclusion IS DISTINCT FROM 'skipped' AND job.completed_at < job.started_at AS is_impossible
FROM (SELECT github_run_id, run_attempt, conclusion, copied, started_at, completed_at, duration_seconds, queue_seconds,
labels FROM workflow_jobs) AS job
JOIN (SELECT github_run_id, run_attempt, repository_id, workflow_id, run_created_at FROM workflow_runs
WHERE ${withinPeriod(period, "run_created_at")}) AS attempt USING (github_run_id, run_attempt)
UNION ALL SELECT NULL, NULL, NULL, NULL, NULL FROM generate_series(1, 0)
) AS scan GROUP BY key`,
		[...periodParameters(period), arrayOf(bounds), arrayOf(priceChanges)],
	);
	const machineOf = machines();
	return cells.map(({ key, ...sums }) => ({ ...parseKey(key, machineOf), ...sums }));
}

function arrayOf(instants: readonly string[]): string {
	return `{${instants.join(",")}}`;
}

/** `repository:workflow:bucket:prices:queue:labels`; of these only the labels may hold colons. */
function parseKey(key: string, machineOf: (labels: string) => Machine): Omit<JobCell, keyof Sums> {
	const [, repository, workflow, bucket, prices, queue, labels = ""] =
		/^(-?\d+):(-?\d*):(-?\d+):(\d+):([^:]*):(.*)$/s.exec(key) ?? [];
	return {
		repositoryId: Number(repository),
		workflowId: workflow ? Number(workflow) : null,
		bucket: Number(bucket),
		prices: Number(prices),
		queueSeconds: queue ? Number(queue) : null,
		machine: machineOf(labels),
	};
}

/** There are few machines among many cells: each is looked at once. */
function machines(): (labels: string) => Machine {
	const known = new Map<string, Machine>();
	return (labels) => {
		const machine = known.get(labels) ?? machineOf(labels ? JSON.parse(labels) : null);
		known.set(labels, machine);
		return machine;
	};
}

function machineOf(json: unknown): Machine {
	const labels = Array.isArray(json) ? json.filter((label) => typeof label === "string") : [];
	const sorted = labels.sort((one, other) => rank(one) - rank(other) || (one < other ? -1 : 1));
	return { name: sorted.length > 0 ? sorted.join(", ") : null, runner: runnerOf(sorted) };
}

/** The label that all runners of one's own have stands first. */
function rank(label: string): number {
	return label.toLowerCase() === "self-hosted" ? 0 : 1;
}
