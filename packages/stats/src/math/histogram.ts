/**
 * How many values lie in which bin, with the smallest and the largest value.
 *
 * Bin b holds the values in [growth^b, growth^(b+1)), so every bin is 1 % wider than the one below it. Histograms of
 * parts add up to the histogram of the whole, in any order: whatever is grouped or stored by day has percentiles that
 * agree with those of the rows.
 */
export interface Histogram {
	/** Infinity if it is empty, and the maximum minus infinity. */
	readonly min: number;
	readonly max: number;
	/** Bin and count, ascending; each bin once. */
	readonly bins: readonly (readonly [bin: number, count: number])[];
}

export const emptyHistogram: Histogram = {
	min: Number.POSITIVE_INFINITY,
	max: Number.NEGATIVE_INFINITY,
	bins: [],
};

/** How far a percentile may be off, as a share of it. */
export const maxError = 0.01;

const growth = 1 + maxError;

/** 0 has no logarithm. What is negative counts here too. Lower than the bin of any number. */
const zeroBin = -100_000;

/** The bin of a value as SQL, over an expression of type float8 that is neither null nor NaN. */
export function binInSql(value: string): string {
	return `CASE WHEN ${value} > 0 THEN floor(ln(${value}) / ${Math.log(growth)}::float8)::int ELSE ${zeroBin} END`;
}

function findBin(value: number): number {
	return value > 0 ? Math.floor(Math.log(value) / Math.log(growth)) : zeroBin;
}

export function buildHistogram(values: readonly number[]): Histogram {
	return mergeHistograms(values.map((value) => ({ min: value, max: value, bins: [[findBin(value), 1]] })));
}

/** A row of a statement that groups by `binInSql`; bin, min and max are null for the rows without a value. */
export interface Bin {
	readonly bin: number | null;
	readonly count: number;
	readonly min: number | null;
	readonly max: number | null;
}

export function toHistogram({ bin, count, min, max }: Bin): Histogram {
	return bin === null || min === null || max === null ? emptyHistogram : { min, max, bins: [[bin, count]] };
}

export function mergeHistograms(parts: readonly Histogram[]): Histogram {
	if (parts.length === 1 && parts[0]) return parts[0];
	let { min, max } = emptyHistogram;
	const counts = new Map<number, number>();
	for (const part of parts) {
		min = Math.min(min, part.min);
		max = Math.max(max, part.max);
		for (const [bin, count] of part.bins) counts.set(bin, (counts.get(bin) ?? 0) + count);
	}
	return { min, max, bins: [...counts].sort(([one], [other]) => one - other) };
}

export function countValues({ bins }: Histogram): number {
	return bins.reduce((sum, [, count]) => sum + count, 0);
}

/**
 * A percentile by the definition of percentile_cont: interpolated between the two nearest values. It is at most
 * `maxError` away from that of the values themselves, and exact for one or two values.
 *
 * @param share 0.5 for the median
 * @returns null for an empty histogram
 */
export function percentile(histogram: Histogram, share: number): number | null {
	const count = countValues(histogram);
	if (count === 0) return null;
	const rank = share * (count - 1);
	const below = valueAt(histogram, count, Math.floor(rank));
	const above = valueAt(histogram, count, Math.ceil(rank));
	return below + (above - below) * (rank - Math.floor(rank));
}

/** The n-th smallest value, from 0. The values of a bin are taken to be spread evenly over it. */
function valueAt({ min, max, bins }: Histogram, all: number, rank: number): number {
	if (rank === 0) return min;
	if (rank === all - 1) return max;
	let before = 0;
	for (const [bin, count] of bins) {
		if (rank < before + count) {
			const value = bin === zeroBin ? 0 : growth ** (bin + (rank - before + 0.5) / count);
			return Math.min(Math.max(value, min), max);
		}
		before += count;
	}
	return max;
}
