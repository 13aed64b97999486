/** Under so many values there is no p95: the largest one would decide it alone. */
export const fewestForP95 = 20;

/** A share of what is known, 0 to 1. */
export interface Rate {
	/** Null where nothing is known. */
	readonly rate: number | null;
	/** How many are known: the n behind the rate. */
	readonly known: number;
}

export function rateOf(part: number, known: number): Rate {
	return { rate: ratio(part, known), known };
}

export function ratio(part: number, whole: number): number | null {
	return whole === 0 ? null : part / whole;
}

/** The sum of what is known; null where nothing is. */
export function addKnown(values: readonly (number | null)[]): number | null {
	return values.reduce((sum, value) => (value === null ? sum : (sum ?? 0) + value), null);
}

/** As precise as a stored cost (nine decimals), so that adding binary fractions leaves no trace. */
export function toNanoDollar(usd: number | null): number | null {
	return usd === null ? null : Math.round(usd * 1e9) / 1e9;
}

export function sumOf<Item>(items: readonly Item[], value: (item: Item) => number): number {
	return items.reduce((sum, item) => sum + value(item), 0);
}
