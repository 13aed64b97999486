import { arrayLiteral, columnLiteral } from "./array-literal.ts";
import type { Queryable } from "./database.ts";
import { mergeByKey } from "./merge.ts";
import type { Rows } from "./rows.ts";
import type { AnyRow, Table } from "./table.ts";
import { tableNames, tables } from "./tables.gen.ts";

/** What a `save` did. `moved` rows were stored before under another event time and count as updated. */
export interface Saved {
	readonly inserted: number;
	readonly updated: number;
	readonly unchanged: number;
}

export interface SaveOptions {
	/** Rows may be stored already at another event time: remove them there. Costs a scan of the table for each batch. */
	readonly reshaping?: boolean;
}

/** Rows per statement; from about here on a larger batch is no faster, only larger in memory. */
const batchSize = 5000;

/**
 * Stores rows: new ones are inserted, changed ones updated by the merge rules of their table, equal ones left untouched -
 * saving the same rows again writes nothing.
 */
export async function save(tx: Queryable, rows: Rows, options: SaveOptions = {}): Promise<Saved> {
	const total = { inserted: 0, updated: 0, unchanged: 0 };
	for (const name of tableNames) {
		const table = tables[name];
		const given: readonly AnyRow[] = rows[name] ?? [];
		for (let start = 0; start < given.length; start += batchSize) {
			const batch = mergeByKey(table, given.slice(start, start + batchSize));
			const moved = options.reshaping ? await removeMoved(tx, table, batch) : 0;
			const written = await write(tx, table, batch);
			total.inserted += written.inserted - moved;
			total.updated += written.updated + moved;
			total.unchanged += batch.length - written.inserted - written.updated;
		}
	}
	return total;
}

async function write(tx: Queryable, table: Table, batch: readonly AnyRow[]) {
	const stamp = uniqueInstant();
	const arrays = new Map<string, string>();
	for (const property of Object.keys(table.columns)) {
		const literal = columnLiteral(batch, (row) => row[property]);
		if (literal !== undefined) arrays.set(property, literal);
	}
	const statement = upsert(table, [...arrays.keys()]);
	const [written] = await tx.query<{ inserted: number; touched: number }>(statement, [stamp, ...arrays.values()]);
	const { inserted = 0, touched = 0 } = written ?? {};
	return { inserted, updated: touched - inserted };
}

/**
 * The upsert of one batch, one array parameter for each column that is filled at all.
 *
 * `WHERE … IS DISTINCT FROM` compares with the merged values, so that an equal row is not rewritten. A row was inserted
 * if it carries this statement's own stamp; system columns would not tell on partitioned or distributed tables.
 */
function upsert(table: Table, filled: readonly string[]): string {
	const columns = Object.keys(table.columns).filter(
		(property) => property !== "ingestedAt" && property !== "changedAt",
	);
	const name = (property: string) => `"${table.columns[property]?.name}"`;
	const type = (property: string) => table.columns[property]?.type;
	const target = table.name;
	const isFilled = new Set(filled);
	const values = columns.map((property) => (isFilled.has(property) ? name(property) : `NULL::${type(property)}`));
	const unnest = filled.map((property, index) => `$${index + 2}::${type(property)}[]`);
	const merged = columns
		.filter((property) => !table.key.includes(property))
		// A column that keeps its value and is not in this batch cannot change.
		.filter((property) => isFilled.has(property) || !table.columns[property]?.keep)
		.map((property) => {
			const excluded = `excluded.${name(property)}`;
			return {
				stored: `${target}.${name(property)}`,
				set: name(property),
				value: table.columns[property]?.keep ? `coalesce(${excluded}, ${target}.${name(property)})` : excluded,
			};
		});
	const newer = table.newer && `(excluded.${name(table.newer)} < ${target}.${name(table.newer)}) IS NOT TRUE AND`;
	return `WITH written AS (
INSERT INTO ${target} (${columns.map(name).join(", ")}, ingested_at, changed_at)
SELECT ${values.join(", ")}, $1::timestamptz, $1::timestamptz
FROM unnest(${unnest.join(", ")}) AS batch (${filled.map(name).join(", ")})
ON CONFLICT (${table.key.map(name).join(", ")}) DO UPDATE
SET ${merged.map(({ set, value }) => `${set} = ${value}`).join(", ")}, changed_at = excluded.changed_at
WHERE ${newer ?? ""} (${merged.map(({ stored }) => stored).join(", ")}) IS DISTINCT FROM (${merged.map(({ value }) => value).join(", ")})
RETURNING (ingested_at = $1::timestamptz) AS is_new)
SELECT count(*) FILTER (WHERE is_new)::int AS inserted, count(*)::int AS touched FROM written`;
}

async function removeMoved(tx: Queryable, table: Table, batch: readonly AnyRow[]): Promise<number> {
	if (table.moves.length === 0) return 0;
	const properties = [...table.moves, table.time];
	const name = (property: string) => `"${table.columns[property]?.name}"`;
	const unnest = properties.map((property, index) => `$${index + 1}::${table.columns[property]?.type}[]`);
	const same = table.moves.map((property) => `stored.${name(property)} = batch.${name(property)}`);
	const removed = await tx.query(
		`DELETE FROM ${table.name} AS stored USING unnest(${unnest.join(", ")}) AS batch (${properties.map(name).join(", ")})
WHERE ${same.join(" AND ")} AND stored.${name(table.time)} <> batch.${name(table.time)} RETURNING 1 AS removed`,
		properties.map((property) => arrayLiteral(batch.map((row) => row[property]))),
	);
	return removed.length;
}

let lastStamp = 0;

/** Now, to the microsecond, and never the same twice in this process. */
function uniqueInstant(): string {
	lastStamp = Math.max(lastStamp + 1, Date.now() * 1000);
	const milliseconds = Math.floor(lastStamp / 1000);
	return `${new Date(milliseconds).toISOString().slice(0, -1)}${String(lastStamp % 1000).padStart(3, "0")}Z`;
}
