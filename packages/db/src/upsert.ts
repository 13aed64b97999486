import type { BatchColumn } from "./batch-columns.ts";
import type { Table } from "./table.ts";

/**
 * The upsert of one batch: parameter 1 is the statement's stamp, then one for each column that is not missing.
 *
 * `WHERE … IS DISTINCT FROM` compares with the merged values, so that an equal row is not rewritten. A row was inserted
 * if it carries this statement's own stamp; system columns would not tell on partitioned or distributed tables.
 */
export function upsert(table: Table, columns: readonly BatchColumn[]): string {
	const present = columns.filter(({ content }) => content.kind !== "missing");
	const parameterOf = (column: BatchColumn) => `$${present.indexOf(column) + 2}`;
	const arrays = columns.filter(({ content }) => content.kind === "array");
	const values = columns.map((each) => {
		const { name, type } = each.column;
		if (each.content.kind === "array") return `"${name}"`;
		return `${each.content.kind === "missing" ? "NULL" : parameterOf(each)}::${type}`;
	});
	const merged = columns
		.filter(({ property }) => !table.key.includes(property))
		// A column that keeps its value and is not in this batch cannot change.
		.filter(({ column, content }) => content.kind !== "missing" || !column.keep)
		.map(({ column: { name, keep } }) => ({
			set: `"${name}"`,
			stored: `${table.name}."${name}"`,
			value: keep ? `coalesce(excluded."${name}", ${table.name}."${name}")` : `excluded."${name}"`,
		}));
	return `WITH written AS (
INSERT INTO ${table.name} (${columns.map(nameOf).join(", ")}, ingested_at, changed_at)
SELECT ${values.join(", ")}, $1::timestamptz, $1::timestamptz
FROM unnest(${arrays.map((each) => `${parameterOf(each)}::${each.column.type}[]`).join(", ")}) AS batch (${arrays.map(nameOf).join(", ")})
ON CONFLICT (${columns
		.filter(({ property }) => table.key.includes(property))
		.map(nameOf)
		.join(", ")}) DO UPDATE
SET ${merged.map(({ set, value }) => `${set} = ${value}`).join(", ")}, changed_at = excluded.changed_at
WHERE ${newerOnly(table)}(${merged.map(({ stored }) => stored).join(", ")}) IS DISTINCT FROM (${merged.map(({ value }) => value).join(", ")})
RETURNING (ingested_at = $1::timestamptz) AS is_new)
SELECT count(*) FILTER (WHERE is_new)::int AS inserted, count(*)::int AS touched FROM written`;
}

function nameOf({ column }: BatchColumn): string {
	return `"${column.name}"`;
}

/** Where a table says by which column a stored row may be newer, an older one changes nothing. */
function newerOnly({ name, newer, columns }: Table): string {
	const column = newer && columns[newer]?.name;
	return column ? `(excluded."${column}" < ${name}."${column}") IS NOT TRUE AND ` : "";
}
