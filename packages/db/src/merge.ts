import type { AnyRow, Table } from "./table.ts";

/**
 * One row for each primary key, in the order of the key.
 *
 * Rows that share a key are merged as the database would merge them, later over earlier: a statement may touch a row
 * only once. Sorting makes two writers take their row locks in the same order, so that they cannot deadlock.
 */
export function mergeByKey(table: Table, rows: readonly AnyRow[]): readonly AnyRow[] {
	// The usual form of a log: in order of time, and no key twice.
	const isInOrder = rows.every((row, index) => {
		const before = rows[index - 1];
		return before === undefined || compareKeys(table.key, before, row) < 0;
	});
	if (isInOrder) return rows;
	const merged = new Map<string, AnyRow>();
	for (const row of rows) {
		const key = table.key.map((property) => row[property]).join("\u0000");
		const earlier = merged.get(key);
		merged.set(key, earlier ? mergeRows(table, earlier, row) : row);
	}
	return [...merged.values()].sort((left, right) => compareKeys(table.key, left, right));
}

function mergeRows(table: Table, earlier: AnyRow, later: AnyRow): AnyRow {
	if (table.newer && isOlder(later[table.newer], earlier[table.newer])) return earlier;
	const kept = Object.keys(table.columns).filter(
		(property) => table.columns[property]?.keep && (later[property] ?? null) === null,
	);
	return { ...later, ...Object.fromEntries(kept.map((property) => [property, earlier[property]])) };
}

/** Both are canonical timestamps; a row without one is as new as any. */
function isOlder(candidate: unknown, stored: unknown): boolean {
	return typeof candidate === "string" && typeof stored === "string" && candidate < stored;
}

function compareKeys(key: readonly string[], left: AnyRow, right: AnyRow): number {
	for (const property of key) {
		const order = compareValues(left[property], right[property]);
		if (order !== 0) return order;
	}
	return 0;
}

function compareValues(left: unknown, right: unknown): number {
	if (typeof left === "number" && typeof right === "number") return left - right;
	const [leftText, rightText] = [String(left), String(right)];
	return leftText < rightText ? -1 : leftText > rightText ? 1 : 0;
}
