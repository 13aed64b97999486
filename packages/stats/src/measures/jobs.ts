import type { Queryable } from "@tidemark/db";
import { type Bin, binInSql, mergeHistograms, toHistogram } from "../math/histogram.ts";
import { addCounts, addKnown, createMerge, type Measures, sum } from "./columns.ts";
import { hasFailed } from "./conditions.ts";
import { type Period, periodParameters, withinPeriod } from "./period.ts";
import { findRunner, isStandard, priceChanges, type Runner, runnerPrices } from "./runner.ts";
import { pieceInSql, type Timeline, toArray } from "./timeline.ts";
import type { WorkflowId, Workflows } from "./workflows.ts";

/**
 * What adds up over jobs. Only jobs that ran in their attempt count, those of re-runs too. Money is in nano-dollars and
 * gross: before the minutes that an account has included, of which a repository knows nothing.
 */
const jobColumns = {
	jobs: sum,
	/** Each job rounded up to whole minutes, as GitHub bills them. */
	minutes: sum,
	/** The minutes of what failed, was cancelled or ran again, each job once. */
	wastedMinutes: sum,
	/** At list prices less what is free: standard runners in public repositories, self-hosted runners. */
	chargedNanoUsd: addKnown,
	/** At list prices, as if nothing were free; self-hosted runners stay at 0. */
	listNanoUsd: addKnown,
	/** Minutes without a known price, by the runner's labels. */
	unpricedMinutes: addCounts,
	/** Seconds from being queued to the start. */
	waits: mergeHistograms,
	/** Jobs that "re-run failed jobs" took over: they ran, and count, in the attempt before. */
	copied: sum,
	/** Jobs that ended before they began, by GitHub's clocks: they have no duration. */
	impossible: sum,
};

export type JobMeasures = Measures<typeof jobColumns>;

/** Measures of the jobs of one workflow in one piece of time that asked for the same labels. */
export interface JobCell extends WorkflowId {
	readonly piece: number;
	readonly machine: Machine;
	readonly measures: Partial<JobMeasures>;
}

export const mergeJobs = createMerge(jobColumns);

/** What jobs asked to run on. */
interface Machine {
	/** The runner labels in one order, whatever the order in the job: `self-hosted, linux, x64`; null without labels. */
	readonly name: string | null;
	/** Null for labels with an unknown meaning. */
	readonly runner: Runner | null;
}

type Sums = Pick<JobMeasures, "jobs" | "minutes" | "wastedMinutes" | "copied" | "impossible">;

/**
 * Sums up the jobs of all attempts of a period in one scan, which is what takes the time: a million jobs are 2 GB.
 * The bin of the queue time is part of the key, so the histogram needs no second scan. (See scanCalls for the UNION ALL
 * and the single key: all processors work.)
 */
export async function readJobCells(
	db: Queryable,
	period: Period,
	{ dayBounds, findPiece }: Timeline,
	workflows: Workflows,
): Promise<JobCell[]> {
	const bin = `CASE WHEN queue_seconds IS NULL THEN '' ELSE (${binInSql("queue_seconds")})::text END`;
	const cells = await db.query<Sums & Pick<Bin, "min" | "max"> & { key: string }>(
		`SELECT key, count(minutes)::int AS jobs, coalesce(sum(minutes), 0)::float8 AS minutes,
coalesce(sum(minutes) FILTER (WHERE is_wasted), 0)::float8 AS "wastedMinutes",
min(queue) AS min, max(queue) AS max,
count(*) FILTER (WHERE is_copied)::int AS copied, count(*) FILTER (WHERE is_impossible)::int AS impossible
FROM (
SELECT repository_id || ':' || coalesce(workflow_id::text, '') || ':' || ${pieceInSql("run_created_at", dayBounds, "$3")}
|| ':' || CASE WHEN duration_seconds IS NULL THEN '0:' ELSE width_bucket(started_at, $4::timestamptz[]) || ':'
|| ${bin} END || ':' || coalesce(labels::text, '') AS key,
ceil(duration_seconds / 60) AS minutes, CASE WHEN duration_seconds IS NOT NULL THEN queue_seconds END AS queue,
${hasFailed} OR conclusion = 'cancelled' OR run_attempt > 1 AS is_wasted, copied IS TRUE AS is_copied,
copied IS NOT TRUE AND conclusion IS DISTINCT FROM 'skipped' AND completed_at < started_at AS is_impossible
FROM (SELECT github_run_id, run_attempt, conclusion, copied, started_at, completed_at, duration_seconds, queue_seconds,
labels FROM workflow_jobs) AS job
JOIN (SELECT github_run_id, run_attempt, repository_id, workflow_id, run_created_at FROM workflow_runs
WHERE ${withinPeriod(period, "run_created_at")}) AS attempt USING (github_run_id, run_attempt)
UNION ALL SELECT NULL, NULL, NULL, NULL, NULL, NULL FROM generate_series(1, 0)
) AS scan GROUP BY key`,
		[...periodParameters(period), toArray(dayBounds), toArray(priceChanges)],
	);
	// There are few machines among many cells: each is looked at once.
	const machines = new Map<string, Machine>();
	return cells.map(({ key, min, max, ...sums }) => {
		const { prices, bin, labels, dayBound, ...id } = parseKey(key);
		const machine = machines.get(labels) ?? describeMachine(labels ? JSON.parse(labels) : null);
		machines.set(labels, machine);
		const waits = toHistogram({ bin, count: sums.jobs, min, max });
		const money = sums.jobs === 0 ? {} : price(sums.minutes, machine, prices, workflows.isPublic(id.repositoryId));
		return { ...id, piece: findPiece(dayBound), machine, measures: { ...sums, waits, ...money } };
	});
}

/**
 * `repository:workflow:day:prices:bin:labels`; of these only the labels, as JSON, may hold colons. `prices` is how many
 * price changes there had been when the jobs ran.
 */
function parseKey(key: string) {
	const [, repository, workflow, dayBound, prices, bin, labels = ""] =
		/^(-?\d+):(-?\d*):(-?\d+):(\d+):(-?\d*):(.*)$/s.exec(key) ?? [];
	return {
		repositoryId: Number(repository),
		workflowId: workflow ? Number(workflow) : null,
		dayBound: Number(dayBound),
		prices: Number(prices),
		bin: bin ? Number(bin) : null,
		labels,
	};
}

function price(minutes: number, { name, runner }: Machine, prices: number, isPublic: boolean): Partial<JobMeasures> {
	const rate = runner === "self-hosted" ? 0 : runner && (runnerPrices[prices]?.usdPerMinute[runner] ?? null);
	if (rate === null) return { unpricedMinutes: { [name ?? ""]: minutes } };
	const listNanoUsd = minutes * Math.round(rate * 1e9);
	const isFree = isPublic && runner !== null && runner !== "self-hosted" && isStandard(runner);
	return { listNanoUsd, chargedNanoUsd: isFree ? 0 : listNanoUsd };
}

function describeMachine(json: unknown): Machine {
	const labels = Array.isArray(json) ? json.filter((label) => typeof label === "string") : [];
	const sorted = labels.sort((one, other) => rank(one) - rank(other) || (one < other ? -1 : 1));
	return { name: sorted.length > 0 ? sorted.join(", ") : null, runner: findRunner(sorted) };
}

/** The label that all self-hosted runners have stands first. */
function rank(label: string): number {
	return label.toLowerCase() === "self-hosted" ? 0 : 1;
}
