import type { Buckets } from "../buckets.ts";
import type { KeyFigure } from "./part.ts";
import { sparkline } from "./sparkline.ts";

/** A key figure; `values` are how it went over time, with null where nothing is known. */
export function keyFigure(
	label: string,
	value: string,
	notes: readonly string[],
	values: readonly (number | null)[] = [],
): KeyFigure {
	const isTrend = values.length > 1 && values.some((value) => value !== null);
	return { label, value, notes, trend: isTrend ? sparkline(values) : "" };
}

/** How much time one block of a trend is: `per day`. */
export function widthOf(buckets: Buckets | null): string[] {
	if (!buckets || buckets.starts.length < 2) return [];
	return [buckets.every === 1 ? `per ${buckets.unit}` : `per ${buckets.every} ${buckets.unit}s`];
}
