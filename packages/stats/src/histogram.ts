/**
 * How many values lie in which bin. Bin b holds those in (growth^(b-1), growth^b], so that every bin is 2 % wider than
 * the one below it, and its middle less than 1 % away from everything in it.
 */
export type Histogram = Map<number, number>;

const growth = 1.02;

/** How far the middle of a bin is at most from a value in it, as a share of that value. */
export const relativeError = Math.sqrt(growth) - 1;

/** From a nanosecond to thirty years, if the values are milliseconds; what lies outside counts in the bin at that end. */
export const lowestBin = -700;
export const highestBin = 1400;

/** The bin of a value that is not negative, as SQL over an expression of type float8. */
export function binOf(value: string): string {
	return `least(ceil(ln(greatest(${value}, ${smallest}::float8)) / ${Math.log(growth)}::float8), ${highestBin})::int`;
}

const smallest = growth ** (lowestBin - 0.5);

export function addToBin(histogram: Histogram, bin: number, count: number): void {
	histogram.set(bin, (histogram.get(bin) ?? 0) + count);
}

/**
 * percentile_cont (interpolated between the two nearest values) over a histogram that is not empty. Every value counts
 * as the geometric middle of its bin; both neighbours and so what lies between them are less than 1 % off.
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
	let counted = 0;
	let value = 0;
	for (const [bin, count] of bins) {
		// Durations of exactly 0 have no logarithm and end up here.
		value = bin === lowestBin ? 0 : growth ** (bin - 0.5);
		counted += count;
		if (counted > rank) break;
	}
	return value;
}
