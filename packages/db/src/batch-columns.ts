import { arrayLiteral, jsonText, scalarText } from "./array-literal.ts";
import type { AnyRow, Column, Table } from "./table.ts";

/** A column of a batch, and how its values travel: not at all, once for all rows, or one for each row. */
export interface BatchColumn {
	readonly property: string;
	readonly column: Column;
	readonly content: { readonly kind: "missing" } | { readonly kind: "constant" | "array"; readonly parameter: string };
}

/**
 * The columns of a table as a batch fills them. What is the same in all rows, as the name of the source is, or missing
 * in all, as most columns are for most sources, is not repeated for each.
 */
export function batchColumns(table: Table, batch: readonly AnyRow[]): BatchColumn[] {
	return Object.entries(table.columns)
		.filter(([property]) => property !== "ingestedAt" && property !== "changedAt")
		.map(([property, column]) => ({ property, column, content: contentOf(table, batch, property) }));
}

function contentOf(table: Table, batch: readonly AnyRow[], property: string): BatchColumn["content"] {
	const isJson = table.columns[property]?.type === "jsonb";
	// A text or a boolean is JSON too, but written otherwise.
	const valueIn = (row: AnyRow) => {
		const value = row[property] ?? null;
		return isJson && value !== null ? jsonText(value) : value;
	};
	const first = batch[0] ? valueIn(batch[0]) : null;
	// The first column of the key is what says how many rows there are.
	if (property !== table.key[0] && batch.every((row) => valueIn(row) === first)) {
		return first === null ? { kind: "missing" } : { kind: "constant", parameter: scalarText(first) };
	}
	return { kind: "array", parameter: arrayLiteral(batch.map(valueIn)) };
}
