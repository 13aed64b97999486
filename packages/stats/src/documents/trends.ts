import type { Figure } from "../figures/figure.ts";
import type { Timeline } from "../measures/timeline.ts";
import type { Trends } from "./document.ts";

/**
 * How the figures with a trend went over the buckets of a timeline, by figure: 0 when there was nothing in a bucket, null
 * when nothing is known of what there was.
 */
export function readTrends<M, Cell extends { readonly piece: number }>(
	figures: readonly Figure<M>[],
	timeline: Timeline | null,
	cells: readonly Cell[],
	merge: (cells: readonly Cell[]) => M,
): Trends {
	const shown = figures.filter(({ hasTrend }) => hasTrend);
	const byBucket = groupBy(cells, ({ piece }) => timeline?.findBucket(piece));
	const measures = timeline?.buckets.starts.map((_, bucket) => merge(byBucket.get(bucket) ?? [])) ?? [];
	const values = ({ value }: Figure<M>) =>
		measures.map((inBucket) => {
			// The first figure counts what there was.
			if (shown[0]?.value(inBucket) === 0) return 0;
			const known = value(inBucket);
			return typeof known === "number" ? known : null;
		});
	return Object.fromEntries(shown.map((figure) => [figure.name, values(figure)]));
}

/** The date of a piece of time; empty if days were not asked for. */
export function findDate(timeline: Timeline | null, piece: number): string {
	return timeline?.days[timeline.findDay(piece)]?.date ?? "";
}

/** Cells by a key, in the order of their first appearance. */
export function groupBy<Item, Key>(items: Iterable<Item>, key: (item: Item) => Key): Map<Key, Item[]> {
	const groups = new Map<Key, Item[]>();
	for (const item of items) {
		const group = groups.get(key(item));
		if (group) group.push(item);
		else groups.set(key(item), [item]);
	}
	return groups;
}
