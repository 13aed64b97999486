import type { Queryable } from "@tidemark/db";
import { hasDuration } from "./cells.ts";
import { addToBin, binOf, type Histogram, highestBin, lowestBin, percentileOf, relativeError } from "./histogram.ts";
import { type Period, periodParameters, withinPeriod } from "./period.ts";

/** Of durations, in milliseconds. */
export interface Percentiles {
	readonly p50: number;
	readonly p95: number;
}

export interface GroupedPercentiles {
	/** Of all calls of the period; null where none has a duration. */
	readonly total: Percentiles | null;
	/** By the group's key; a group without durations is missing. */
	readonly groups: ReadonlyMap<string | null, Percentiles>;
	/** By how much a figure may be off, as a share of it; 0 where they are exact. */
	readonly relativeError: number;
}

/** What tells groups apart, in SQL: an expression of type text, over llm_calls and what it is joined with. */
export interface GroupKey {
	readonly name: string;
	readonly join: string;
	/** From $3 on. */
	readonly parameters: readonly string[];
}

const ungrouped: GroupKey = { name: "NULL::text", join: "", parameters: [] };

/** Up to so many calls percentiles are exact. */
export const mostExact = 200_000;

/**
 * Median and 95th percentile of the durations by the definition of percentile_cont, for all calls and for each group.
 *
 * Exact means sorting: of a million durations 0.4 s for the total and 0.6 s for the groups, more than the whole view may
 * take. So beyond 200,000 calls a histogram answers, less than 1 % off: one scan of 0.3 s for both, which distributed
 * databases can do where the rows are.
 */
export async function readPercentiles(
	db: Queryable,
	period: Period,
	key: GroupKey | undefined,
	calls: number,
): Promise<GroupedPercentiles> {
	if (calls > mostExact) return approximately(db, period, key ?? ungrouped);
	const [total] = await exactly(db, period, ungrouped);
	const groups = key ? await exactly(db, period, key) : [];
	return { total: total ?? null, groups: new Map(groups.map((group) => [group.name, group])), relativeError: 0 };
}

async function exactly(
	db: Queryable,
	period: Period,
	key: GroupKey,
): Promise<(Percentiles & { name: string | null })[]> {
	return db.query(
		`SELECT ${key.name} AS name, percentile_cont(0.5) WITHIN GROUP (ORDER BY duration_ms) AS p50,
percentile_cont(0.95) WITHIN GROUP (ORDER BY duration_ms) AS p95
FROM llm_calls ${key.join} WHERE ${withinPeriod} AND ${hasDuration} GROUP BY 1`,
		[...periodParameters(period), ...key.parameters],
	);
}

/** The bins are joined for the sake of a parallel plan, as the bounds in `readCells`; grouped, they are known to be unique. */
async function approximately(db: Queryable, period: Period, key: GroupKey): Promise<GroupedPercentiles> {
	const bins = await db.query<{ name: string | null; bin: number; count: number }>(
		`SELECT ${key.name} AS name, bin, count(*)::int AS count
FROM llm_calls ${key.join} JOIN (SELECT bin FROM generate_series(${lowestBin}, ${highestBin}) AS bin GROUP BY bin) AS bins
ON ${binOf("duration_ms")} = bin
WHERE ${withinPeriod} AND ${hasDuration} GROUP BY 1, 2`,
		[...periodParameters(period), ...key.parameters],
	);
	const total: Histogram = new Map();
	const groups = new Map<string | null, Histogram>();
	for (const { name, bin, count } of bins) {
		const group = groups.get(name) ?? new Map<number, number>();
		groups.set(name, group);
		addToBin(group, bin, count);
		addToBin(total, bin, count);
	}
	return {
		total: total.size > 0 ? percentilesOf(total) : null,
		groups: new Map([...groups].map(([name, histogram]) => [name, percentilesOf(histogram)])),
		relativeError,
	};
}

function percentilesOf(histogram: Histogram): Percentiles {
	return { p50: percentileOf(histogram, 0.5), p95: percentileOf(histogram, 0.95) };
}
