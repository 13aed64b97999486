import { addKnown, toNanoDollar } from "../figure.ts";
import type { Cell } from "./cells.ts";

/** How some calls spread over the buckets of an overview, one entry for each. */
export interface Trend {
	/** 0 where there were none. */
	readonly calls: readonly number[];
	/** US dollars: 0 where there were no calls, null where none of the calls is priced. */
	readonly costUsd: readonly (number | null)[];
}

/** Spreads cells over buckets; `bucketOf` says into which one a cell falls. */
export function trendOf(cells: readonly Cell[], buckets: number, bucketOf: (cell: Cell) => number): Trend {
	const inBucket: Cell[][] = Array.from({ length: buckets }, () => []);
	for (const cell of cells) inBucket[bucketOf(cell)]?.push(cell);
	return {
		calls: inBucket.map((cells) => cells.reduce((sum, { calls }) => sum + calls, 0)),
		costUsd: inBucket.map((cells) => (cells.length === 0 ? 0 : costOf(cells))),
	};
}

function costOf(cells: readonly Cell[]): number | null {
	return toNanoDollar(addKnown(cells.flatMap(({ reportedCost, estimatedCost }) => [reportedCost, estimatedCost])));
}
