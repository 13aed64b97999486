import type { Queryable } from "@tidemark/db";
import { type Period, periodParameters, withinPeriod } from "./period.ts";

/** What can simply be added up over calls: sums, and counts of the calls that say something. */
export interface Sums {
	readonly calls: number;
	readonly successKnown: number;
	readonly succeeded: number;
	readonly inputTokens: number | null;
	readonly outputTokens: number | null;
	readonly cacheReadTokens: number | null;
	readonly cacheWriteTokens: number | null;
	/** USD, of the calls for which whoever billed them told a cost. */
	readonly reportedCost: number | null;
	readonly reportedCalls: number;
	/** USD, of those whose cost is known from the price table alone. */
	readonly estimatedCost: number | null;
	readonly estimatedCalls: number;
	readonly durationMs: number | null;
	readonly durationKnown: number;
	readonly oldest: string;
	readonly newest: string;
}

/** The sums of one group in one piece of time. */
export interface Cell extends Sums {
	/** Position among the bounds. */
	readonly bucket: number;
	readonly name: string | null;
}

/** A duration that can be one: no clock that went backwards, no NaN. */
export const hasDuration = "duration_ms >= 0 AND duration_ms < 'Infinity'";

/**
 * Sums up a period in one scan, for each piece of time between the bounds (canonical instants, ascending; the last is
 * open) and each value of a column. Totals, groups and trends are all added up from these.
 *
 * The bounds are joined, not computed, for two reasons measured on a million calls: comparing with 30 instants is much
 * cheaper than converting every timestamp into a zone, and PostgreSQL takes every expression over timestamps for a
 * million different values and then refuses to aggregate in parallel. 0.4 s instead of 1.1 s.
 */
export async function readCells(
	db: Queryable,
	period: Period,
	column: string | undefined,
	bounds: readonly string[],
): Promise<Cell[]> {
	const hasEstimateOnly = "reported_cost IS NULL AND estimated_cost IS NOT NULL";
	return db.query<Cell>(
		`SELECT (bound.position - 1)::int AS bucket, ${column ?? "NULL::text"} AS name, count(*)::int AS calls,
count(success)::int AS "successKnown", count(*) FILTER (WHERE success)::int AS succeeded,
sum(input_tokens)::float8 AS "inputTokens", sum(output_tokens)::float8 AS "outputTokens",
sum(cache_read_tokens)::float8 AS "cacheReadTokens", sum(cache_write_tokens)::float8 AS "cacheWriteTokens",
sum(reported_cost)::float8 AS "reportedCost", count(reported_cost)::int AS "reportedCalls",
sum(estimated_cost) FILTER (WHERE ${hasEstimateOnly})::float8 AS "estimatedCost",
count(*) FILTER (WHERE ${hasEstimateOnly})::int AS "estimatedCalls",
sum(duration_ms) FILTER (WHERE ${hasDuration}) AS "durationMs",
count(*) FILTER (WHERE ${hasDuration})::int AS "durationKnown",
min(timestamp) AS oldest, max(timestamp) AS newest
FROM llm_calls JOIN unnest($3::timestamptz[]) WITH ORDINALITY AS bound (start, position)
ON width_bucket(timestamp, $3::timestamptz[]) = bound.position
WHERE ${withinPeriod} GROUP BY 1, 2`,
		[...periodParameters(period), `{${bounds.join(",")}}`],
	);
}
