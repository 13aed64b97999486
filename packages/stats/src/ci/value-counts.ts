import { type Seconds, secondsOf } from "./attempt-times.ts";

/** How often each value occurs. */
export type ValueCounts = ReadonlyMap<number, number>;

/** Percentiles of values that come with counts, by the definition of percentile_cont. */
export function secondsOfCounts(counts: ValueCounts): Seconds {
	const ascending = [...counts].sort(([one], [other]) => one - other);
	const known = ascending.reduce((sum, [, count]) => sum + count, 0);
	if (known === 0) return secondsOf(null, null, 0);
	return secondsOf(percentileOf(ascending, known, 0.5), percentileOf(ascending, known, 0.95), known);
}

/** Interpolated between the two nearest values. */
function percentileOf(ascending: readonly (readonly [number, number])[], known: number, share: number): number {
	const rank = share * (known - 1);
	const below = valueAt(ascending, Math.floor(rank));
	const above = valueAt(ascending, Math.ceil(rank));
	return below + (above - below) * (rank - Math.floor(rank));
}

/** The n-th smallest value, counted from 0. */
function valueAt(ascending: readonly (readonly [number, number])[], rank: number): number {
	let before = 0;
	for (const [value, count] of ascending) {
		if (rank < before + count) return value;
		before += count;
	}
	return Number.NaN;
}
