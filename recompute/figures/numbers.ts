/** The value below which a share of the values lies, interpolated between the two nearest; null without values. */
export function percentile(values: readonly number[], share: number): number | null {
	if (values.length === 0) return null;
	const ascending = [...values].sort((one, other) => one - other);
	const rank = share * (ascending.length - 1);
	const below = ascending[Math.floor(rank)] ?? 0;
	const above = ascending[Math.ceil(rank)] ?? 0;
	return below + (above - below) * (rank - Math.floor(rank));
}

/** A p95 of fewer values would be one of the slowest alone. */
export function p95(values: readonly number[]): number | null {
	return values.length < 60 ? null : percentile(values, 0.95);
}

export interface Rate {
	readonly rate: number | null;
	readonly known: number;
	readonly low: number | null;
	readonly high: number | null;
}

const z = 1.959963984540054;

/** A share with its Wilson interval of 95 %. */
export function rateOf(part: number, known: number): Rate {
	if (known === 0) return { rate: null, known, low: null, high: null };
	const share = part / known;
	const width = 1 + (z * z) / known;
	const middle = (share + (z * z) / (2 * known)) / width;
	const half = (z / width) * Math.sqrt((share * (1 - share)) / known + (z * z) / (4 * known * known));
	return { rate: share, known, low: middle - half, high: middle + half };
}

/** Sorts a copy; the comparison says which of two comes first. */
export function sorted<Item>(items: readonly Item[], compare: (one: Item, other: Item) => number): Item[] {
	return [...items].sort(compare);
}

export function compareText(one: string, other: string): number {
	return one < other ? -1 : one > other ? 1 : 0;
}

/** The items under each key, in the order in which the keys came. */
export function grouped<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
	const groups = new Map<Key, Item[]>();
	for (const item of items) {
		const key = keyOf(item);
		const group = groups.get(key);
		if (group === undefined) groups.set(key, [item]);
		else group.push(item);
	}
	return groups;
}
