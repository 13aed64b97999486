import type { Parameter } from "./database.ts";
import { formatArray, formatJson, formatScalar } from "./sql-text.ts";
import type { AnyRow, Column, Table } from "./table.ts";

/** A column of a batch, and how its values travel: not at all, once for all rows, or one for each row. */
interface BatchColumn extends Column {
	readonly isKey: boolean;
	readonly kind: "missing" | "constant" | "array";
	/** In the statement, as `$2`; empty for a missing column. */
	readonly parameter: string;
}

/**
 * The upsert of one batch. The statement's stamp, the first parameter, must be unique.
 *
 * `WHERE … IS DISTINCT FROM` compares with the merged values, so that an equal row is not rewritten. A row was inserted
 * if it carries this statement's own stamp; system columns would not say so on partitioned or distributed tables.
 */
export function upsert(table: Table, batch: readonly AnyRow[], stamp: string) {
	const parameters: Parameter[] = [stamp];
	const columns = Object.keys(table.columns)
		.filter((property) => property !== "ingestedAt" && property !== "changedAt")
		.map((property) => batchColumn(table, batch, property, parameters));
	const arrays = columns.filter(({ kind }) => kind === "array");
	const names = (some: readonly Column[]) => some.map(({ name }) => `"${name}"`).join(", ");
	const values = columns.map(({ kind, name, type, parameter }) =>
		kind === "array" ? `"${name}"` : `${kind === "missing" ? "NULL" : parameter}::${type}`,
	);
	const merged = columns
		// A column that keeps its value and is not in this batch cannot change.
		.filter(({ isKey, kind, keep }) => !isKey && (kind !== "missing" || !keep))
		.map(({ name, keep }) => ({
			set: `"${name}"`,
			stored: `${table.name}."${name}"`,
			value: keep ? `coalesce(excluded."${name}", ${table.name}."${name}")` : `excluded."${name}"`,
		}));
	const text = `WITH written AS (
INSERT INTO ${table.name} (${names(columns)}, ingested_at, changed_at)
SELECT ${values.join(", ")}, $1::timestamptz, $1::timestamptz
FROM unnest(${arrays.map(({ parameter, type }) => `${parameter}::${type}[]`).join(", ")}) AS batch (${names(arrays)})
ON CONFLICT (${names(columns.filter(({ isKey }) => isKey))}) DO UPDATE
SET ${merged.map(({ set, value }) => `${set} = ${value}`).join(", ")}, changed_at = excluded.changed_at
WHERE ${newerOnly(table)}(${merged.map(({ stored }) => stored).join(", ")}) IS DISTINCT FROM (${merged.map(({ value }) => value).join(", ")})
RETURNING (ingested_at = $1::timestamptz) AS is_new)
SELECT count(*) FILTER (WHERE is_new)::int AS inserted, count(*)::int AS touched FROM written`;
	return { text, parameters };
}

/**
 * A column as a batch fills it; adds its parameter. A value that is the same in all rows, such as the name of the source,
 * or missing in all, as most columns are for most sources, is not repeated for each.
 */
function batchColumn(table: Table, batch: readonly AnyRow[], property: string, parameters: Parameter[]): BatchColumn {
	const { name = "", type = "", keep = false } = table.columns[property] ?? {};
	const column = { name, type, keep, isKey: table.key.includes(property) };
	const first = batch[0]?.[property] ?? null;
	// The first column of the key says how many rows there are.
	const isConstant = property !== table.key[0] && batch.every((row) => (row[property] ?? null) === first);
	if (isConstant && first === null) return { ...column, kind: "missing", parameter: "" };
	const values = isConstant ? [first] : batch.map((row) => row[property] ?? null);
	// In a JSON column a text or a boolean is written as JSON.
	const written = type === "jsonb" ? values.map((value) => (value === null ? null : formatJson(value))) : values;
	parameters.push(isConstant ? formatScalar(written[0]) : formatArray(written));
	return { ...column, kind: isConstant ? "constant" : "array", parameter: `$${parameters.length}` };
}

/** In a table with a column by which a stored row may be newer, an older row changes nothing. */
function newerOnly({ name, newer, columns }: Table): string {
	const column = newer && columns[newer]?.name;
	return column ? `(excluded."${column}" < ${name}."${column}") IS NOT TRUE AND ` : "";
}
