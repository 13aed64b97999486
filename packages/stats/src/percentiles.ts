import type { Queryable } from "@tidemark/db";
import { hasDuration } from "./cells.ts";
import { type Period, periodParameters, withinPeriod } from "./period.ts";

/** Milliseconds. */
export interface Percentiles {
	readonly p50: number;
	readonly p95: number;
}

/** Of all calls (null where no call has a duration), and of each group by its key. */
export interface GroupedPercentiles {
	readonly total: Percentiles | null;
	readonly groups: ReadonlyMap<string | null, Percentiles>;
	/** By how much a figure may be off, as a share of it; 0 where it is exact. */
	readonly error: number;
}

/** What tells groups apart: an SQL expression over llm_calls, which may use a third parameter. */
export interface GroupKey {
	readonly sql: string;
	readonly parameters: readonly string[];
}

/** From here on percentiles are read off a histogram. */
const mostExact = 200_000;

/**
 * Median and 95th percentile of the durations, as percentile_cont defines them (interpolated between neighbours).
 *
 * Exact up to 200,000 calls. Exactness means sorting: for a million calls 0.4 s for the total and 0.6 s more for groups,
 * the whole budget. So beyond that a histogram answers, in one scan of 0.4 s that does both, and that distributed
 * databases can do where the rows are.
 */
export async function readPercentiles(
	db: Queryable,
	period: Period,
	key: GroupKey | undefined,
	calls: number,
): Promise<GroupedPercentiles> {
	return calls > mostExact ? fromHistogram(db, period, key) : exactly(db, period, key);
}

async function exactly(db: Queryable, period: Period, key: GroupKey | undefined): Promise<GroupedPercentiles> {
	const read = ({ sql, parameters }: GroupKey) =>
		db.query<Percentiles & { name: string | null }>(
			`SELECT ${sql} AS name, percentile_cont(0.5) WITHIN GROUP (ORDER BY duration_ms) AS p50,
percentile_cont(0.95) WITHIN GROUP (ORDER BY duration_ms) AS p95
FROM llm_calls WHERE ${withinPeriod} AND ${hasDuration} GROUP BY 1`,
			[...periodParameters(period), ...parameters],
		);
	const [total] = await read(ungrouped);
	const groups = key ? await read(key) : [];
	return { total: total ?? null, groups: new Map(groups.map((group) => [group.name, group])), error: 0 };
}

const ungrouped: GroupKey = { sql: "NULL::text", parameters: [] };

/** Each bin is 2 % wider than the one below it, so that its middle is less than 1 % away from everything in it. */
const growth = 1.02;

/** How many durations lie in which bin; bin b holds those in (growth^(b-1), growth^b] ms. */
export type Histogram = Map<number, number>;

async function fromHistogram(db: Queryable, period: Period, key = ungrouped): Promise<GroupedPercentiles> {
	const bins = await db.query<{ name: string | null; bin: number | null; count: number }>(
		`SELECT ${key.sql} AS name, CASE WHEN duration_ms > 0 THEN ceil(ln(duration_ms) / ${Math.log(growth)}::float8)::int END AS bin,
count(*)::int AS count
FROM llm_calls WHERE ${withinPeriod} AND ${hasDuration} GROUP BY 1, 2`,
		[...periodParameters(period), ...key.parameters],
	);
	const total: Histogram = new Map();
	const groups = new Map<string | null, Histogram>();
	for (const { name, bin, count } of bins) {
		const group = groups.get(name) ?? new Map();
		groups.set(name, group);
		for (const histogram of [total, group]) add(histogram, bin ?? zeroBin, count);
	}
	const percentilesOf = (histogram: Histogram) => ({ p50: percentile(histogram, 0.5), p95: percentile(histogram, 0.95) });
	return {
		total: total.size > 0 ? percentilesOf(total) : null,
		groups: new Map([...groups].map(([name, histogram]) => [name, percentilesOf(histogram)])),
		error: Math.sqrt(growth) - 1,
	};
}

/** Below every other bin: durations of exactly 0 have no logarithm. */
export const zeroBin = Number.NEGATIVE_INFINITY;

function add(histogram: Histogram, bin: number, count: number): void {
	histogram.set(bin, (histogram.get(bin) ?? 0) + count);
}

/** percentile_cont over a histogram that is not empty: every duration counts as the geometric middle of its bin. */
export function percentile(histogram: Histogram, share: number): number {
	const bins = [...histogram].sort(([one], [other]) => one - other);
	const last = bins.reduce((sum, [, count]) => sum + count, 0) - 1;
	const rank = share * last;
	const [below, above] = [valueAt(bins, Math.floor(rank)), valueAt(bins, Math.ceil(rank))];
	return below + (above - below) * (rank - Math.floor(rank));
}

/** The value of the n-th smallest duration, counted from 0. */
function valueAt(bins: readonly (readonly [number, number])[], rank: number): number {
	let counted = 0;
	let value = 0;
	for (const [bin, count] of bins) {
		value = growth ** (bin - 0.5);
		counted += count;
		if (counted > rank) break;
	}
	return value;
}
