import type { Queryable } from "@tidemark/db";
import { fewestForP95 } from "../figure.ts";
import { type Period, periodParameters, withinPeriod } from "../period.ts";
import { isFinished, isTold } from "./conditions.ts";

/** Percentiles of seconds, by the definition of percentile_cont. */
export interface Seconds {
	readonly p50: number | null;
	/** Null under 20 values. */
	readonly p95: number | null;
	/** How many values there are. */
	readonly known: number;
}

export interface AttemptTimes {
	/**
	 * From the start of the first to the end of the last job that ran in the attempt. Every finished attempt counts with
	 * its own, whatever its number and conclusion, if its jobs told it.
	 */
	readonly duration: Seconds;
	/** Attempts without a job that ran. GitHub's `updated_at` alone hints at their end and may be weeks late: left out above. */
	readonly estimates: number;
	/** From the creation of the run, or the start of the re-run, to the start of its first job. */
	readonly queue: Seconds;
}

const noSeconds: Seconds = { p50: null, p95: null, known: 0 };
export const noTimes: AttemptTimes = { duration: noSeconds, estimates: 0, queue: noSeconds };

/** What tells groups of attempts apart: an SQL expression over workflow_runs of type text; its own parameters are $3 and on. */
export interface AttemptKey {
	readonly sql: string;
	readonly parameters: readonly string[];
}

/** Durations and queue times of the finished attempts of a period, by a key. Null is a key too. */
export async function readAttemptTimes(
	db: Queryable,
	period: Period,
	key: AttemptKey,
): Promise<ReadonlyMap<string | null, AttemptTimes>> {
	const measured = "duration_seconds IS NOT NULL AND completed_at_is_estimate IS NOT TRUE";
	const percentile = (share: number, column: string, condition: string) =>
		`percentile_cont(${share}) WITHIN GROUP (ORDER BY ${column}) FILTER (WHERE ${condition})`;
	const rows = await db.query<Record<"p50" | "p95" | "queueP50" | "queueP95", number | null> & Counts>(
		`SELECT ${key.sql} AS key, count(*) FILTER (WHERE ${measured})::int AS known,
count(*) FILTER (WHERE completed_at_is_estimate)::int AS estimates, count(queue_seconds)::int AS queued,
${percentile(0.5, "duration_seconds", measured)} AS p50, ${percentile(0.95, "duration_seconds", measured)} AS p95,
${percentile(0.5, "queue_seconds", "queue_seconds IS NOT NULL")} AS "queueP50",
${percentile(0.95, "queue_seconds", "queue_seconds IS NOT NULL")} AS "queueP95"
FROM workflow_runs WHERE ${withinPeriod(period, "run_created_at")} AND ${isTold} AND ${isFinished} GROUP BY 1`,
		[...periodParameters(period), ...key.parameters],
	);
	return new Map(
		rows.map(({ key, p50, p95, known, queueP50, queueP95, queued, estimates }) => [
			key,
			{ duration: secondsOf(p50, p95, known), estimates, queue: secondsOf(queueP50, queueP95, queued) },
		]),
	);
}

interface Counts {
	readonly key: string | null;
	readonly known: number;
	readonly estimates: number;
	readonly queued: number;
}

export function secondsOf(p50: number | null, p95: number | null, known: number): Seconds {
	return { p50: toMicrosecond(p50), p95: toMicrosecond(known < fewestForP95 ? null : p95), known };
}

function toMicrosecond(seconds: number | null): number | null {
	return seconds === null ? null : Math.round(seconds * 1e6) / 1e6;
}
