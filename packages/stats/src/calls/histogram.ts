/**
 * How many values lie in which bin. Bin b holds those in (growth^(b-1), growth^b], so that every bin is 1 % wider than
 * the one below it, and whatever is taken for a value of a bin is less than 1 % away from it.
 */
export type Histogram = Map<number, number>;

const growth = 1.01;

/** How far two values of a bin are at most apart, as a share of the smaller one. */
export const relativeError = 0.01;

/** From a nanosecond to thirty years, if the values are milliseconds; what lies outside counts in the bin at that end. */
export const lowestBin = -1400;
const highestBin = 2800;

const smallest = growth ** (lowestBin - 0.5);

/** The bin of a value that is not negative, as SQL over an expression of type float8. */
export function binOf(value: string): string {
	return `least(ceil(ln(greatest(${value}, ${smallest}::float8)) / ${Math.log(growth)}::float8), ${highestBin})::int`;
}

export function addToBin(histogram: Histogram, bin: number, count: number): void {
	histogram.set(bin, (histogram.get(bin) ?? 0) + count);
}

/**
 * percentile_cont, that is interpolated between the two nearest values, over a histogram that is not empty.
 * The values of a bin are taken to be spread evenly over it; at worst the result is off by `relativeError`.
 */
export function percentileOf(histogram: Histogram, share: number): number {
	const bins = [...histogram].sort(([one], [other]) => one - other);
	const count = bins.reduce((sum, [, inBin]) => sum + inBin, 0);
	const rank = share * (count - 1);
	const below = valueAt(bins, Math.floor(rank));
	const above = valueAt(bins, Math.ceil(rank));
	return below + (above - below) * (rank - Math.floor(rank));
}

/** The n-th smallest value, counted from 0. */
function valueAt(bins: readonly (readonly [number, number])[], rank: number): number {
	let before = 0;
	for (const [bin, count] of bins) {
		// Values of exactly 0 have no logarithm and lie in the lowest bin.
		if (rank < before + count) return bin === lowestBin ? 0 : growth ** (bin - 1 + (rank - before + 0.5) / count);
		before += count;
	}
	return 0;
}
