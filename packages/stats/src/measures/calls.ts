import type { Queryable } from "@tidemark/db";
import { type Bin, binInSql, mergeHistograms, toHistogram } from "../math/histogram.ts";
import { addKnown, createMerge, findEarliest, findLatest, type Measures, sum } from "./columns.ts";
import { type Period, periodParameters, withinPeriod } from "./period.ts";
import { pieceInSql, type Timeline, toArray } from "./timeline.ts";

/** What adds up over calls to language models. Money is in nano-dollars, the decimals of a stored cost. */
const callColumns = {
	calls: sum,
	/** Calls with a known outcome, and those that succeeded. */
	successKnown: sum,
	succeeded: sum,
	inputTokens: addKnown,
	outputTokens: addKnown,
	cacheReadTokens: addKnown,
	cacheWriteTokens: addKnown,
	/** The calls with a cost that whoever billed them reported. */
	reportedNanoUsd: addKnown,
	reportedCalls: sum,
	/** The calls with a cost from the price table alone. */
	estimatedNanoUsd: addKnown,
	estimatedCalls: sum,
	durationMicros: addKnown,
	/** Milliseconds. */
	durations: mergeHistograms,
	oldest: findEarliest,
	newest: findLatest,
};

export type CallMeasures = Measures<typeof callColumns>;

/** Measures of one group in one piece of time. Several cells may share both. */
export interface CallCell {
	readonly piece: number;
	/** What the grouping's column says; null when it says nothing, or without a grouping. */
	readonly group: string | null;
	readonly measures: Partial<CallMeasures>;
}

export const mergeCalls = createMerge(callColumns);

/** The columns of llm_calls by which calls can be grouped. */
export type CallGrouping = "model" | "phase" | "developer";

/** A duration that can be one: no clock that went backwards, no NaN, and less than thirty years. */
const hasDuration = "duration_ms >= 0 AND duration_ms < 1e12::float8";

const summed = [
	...["timestamp", "success", "duration_ms", "reported_cost", "estimated_cost"],
	...["input_tokens", "output_tokens", "cache_read_tokens", "cache_write_tokens"],
];

/**
 * Reads sums by piece and group, and the histograms of durations by day and group: one scan each.
 * To compare every timestamp with a few dozen bounds takes a third of the time of converting it into a zone.
 */
export async function readCallCells(
	db: Queryable,
	period: Period,
	timeline: Timeline,
	grouping: CallGrouping | null,
): Promise<CallCell[]> {
	const { bounds, dayBounds, findPiece } = timeline;
	const isEstimate = "reported_cost IS NULL AND estimated_cost IS NOT NULL";
	const sums = await db.query<Omit<CallMeasures, "durations"> & { key: Key }>(
		`SELECT key, count(*)::int AS calls,
count(success)::int AS "successKnown", count(*) FILTER (WHERE success)::int AS succeeded,
sum(input_tokens)::float8 AS "inputTokens", sum(output_tokens)::float8 AS "outputTokens",
sum(cache_read_tokens)::float8 AS "cacheReadTokens", sum(cache_write_tokens)::float8 AS "cacheWriteTokens",
(sum(reported_cost) * 1000000000)::float8 AS "reportedNanoUsd", count(reported_cost)::int AS "reportedCalls",
(sum(estimated_cost) FILTER (WHERE ${isEstimate}) * 1000000000)::float8 AS "estimatedNanoUsd",
count(*) FILTER (WHERE ${isEstimate})::int AS "estimatedCalls",
sum((duration_ms * 1000)::bigint) FILTER (WHERE ${hasDuration})::float8 AS "durationMicros",
min(timestamp) AS oldest, max(timestamp) AS newest
FROM ${scanCalls(period, [`${keyInSql(grouping, bounds)} AS key`, ...summed])} GROUP BY key`,
		[...periodParameters(period), toArray(bounds)],
	);
	const columns = [`${keyInSql(grouping, dayBounds)} AS key`, `${binInSql("duration_ms")} AS bin`, "duration_ms"];
	const bins = await db.query<Bin & { key: Key }>(
		`SELECT key, bin, count(*)::int AS count, min(duration_ms) AS min, max(duration_ms) AS max
FROM ${scanCalls(period, columns)} WHERE ${hasDuration} GROUP BY key, bin`,
		[...periodParameters(period), toArray(dayBounds)],
	);
	return [
		...sums.map(({ key, ...measures }) => ({ ...parseKey(key, bounds), measures })),
		...bins.map(({ key, ...bin }) => {
			const { piece, group } = parseKey(key, dayBounds);
			return { piece: findPiece(piece), group, measures: { durations: toHistogram(bin) } };
		}),
	];
}

type Key = string | number | null;

/** One key instead of two: the planner guesses 200 values for each, and for 200 x 200 groups it would rather sort. */
function keyInSql(grouping: CallGrouping | null, bounds: readonly string[]): string {
	const piece = pieceInSql("timestamp", bounds, "$3");
	if (grouping === null) return piece;
	// To put texts together for a single piece would cost as much as the rest of the scan.
	if (bounds.length === 1) return `CASE WHEN ${piece} = 0 THEN ${grouping} END`;
	return `(${piece})::text || coalesce(':' || ${grouping}, '')`;
}

/** `12`, `12:name`, or only `name` if there is one piece. */
function parseKey(key: Key, bounds: readonly string[]): Pick<CallCell, "piece" | "group"> {
	if (typeof key === "number") return { piece: key, group: null };
	if (key === null || bounds.length === 1) return { piece: 0, group: key };
	const colon = key.indexOf(":");
	return { piece: Number.parseInt(key, 10), group: colon < 0 ? null : key.slice(colon + 1) };
}

/**
 * The calls of a period as a table in a FROM clause with these columns.
 *
 * Meant for grouping by those columns. PostgreSQL takes every expression over timestamps or durations for as many
 * different values as there are rows, and then will not aggregate in parallel. About the columns of a UNION ALL it knows
 * nothing and guesses few: for the price of a second half without rows all processors work, which halves the time.
 * (A join with the list of possible values does it too, but turns into nested loops when statistics are missing.)
 */
function scanCalls(period: Period, columns: readonly string[]): string {
	return `(SELECT ${columns.join(", ")} FROM llm_calls WHERE ${withinPeriod(period, "timestamp")}
UNION ALL SELECT ${columns.map(() => "NULL").join(", ")} FROM generate_series(1, 0)) AS scan`;
}
