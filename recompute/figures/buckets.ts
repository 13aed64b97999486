import { dateIn, moment, nextDate, startOfDate } from "./zone.ts";

/** The pieces of time of a trend: only whole ones, from the first to the last that fits into the period. */
export interface Buckets {
	readonly unit: "minute" | "hour" | "day";
	readonly every: number;
	/** Milliseconds; one more than there are buckets. */
	readonly bounds: readonly number[];
}

const maxBuckets = 31;
const dayMs = 86_400_000;
const widths = [
	...[1, 2, 5, 10, 15, 30].map((every) => ({ unit: "minute", every, ms: every * 60_000 }) as const),
	...[1, 2, 3].map((every) => ({ unit: "hour", every, ms: every * 3_600_000 }) as const),
];

export function bucketsOf(since: number, until: number, zone: string): Buckets {
	for (const { unit, every, ms } of until - since > 3 * dayMs ? [] : widths) {
		const bounds: number[] = [];
		for (let bound = Math.ceil(since / ms) * ms; bound <= until; bound += ms) bounds.push(bound);
		if (bounds.length - 1 <= maxBuckets) return { unit, every, bounds };
	}
	const starts: number[] = [];
	let date = dateIn(zone, since);
	if (startOfDate(zone, date) < since) date = nextDate(date);
	for (; startOfDate(zone, date) <= until; date = nextDate(date)) starts.push(startOfDate(zone, date));
	// Several days together end with the last whole one.
	const every = Math.ceil((starts.length - 1) / maxBuckets);
	const bounds = starts.filter((_, index) => (starts.length - 1 - index) % every === 0);
	return { unit: "day", every, bounds };
}

export function bucketRecord({ unit, every, bounds }: Buckets) {
	return { unit, every, starts: bounds.slice(0, -1).map(moment) };
}

/** The items of each bucket; what lies in none is left out. */
export function inBuckets<Item>({ bounds }: Buckets, items: readonly Item[], timeOf: (item: Item) => number): Item[][] {
	return bounds.slice(0, -1).map((start, index) => {
		const end = bounds[index + 1] ?? start;
		return items.filter((item) => timeOf(item) >= start && timeOf(item) < end);
	});
}
