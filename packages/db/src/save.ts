import { arrayLiteral } from "./array-literal.ts";
import { batchColumns } from "./batch-columns.ts";
import type { Parameter, Queryable } from "./database.ts";
import { mergeByKey } from "./merge.ts";
import { withStoredTimes } from "./stored-times.ts";
import type { AnyRow, Rows, Table } from "./table.ts";
import { tableNames, tables } from "./tables.gen.ts";
import { upsert } from "./upsert.ts";

/** What a `save` did. `moved` rows were stored before under another event time and count as updated. */
export interface Saved {
	readonly inserted: number;
	readonly updated: number;
	readonly unchanged: number;
}

export interface SaveOptions {
	/** Rows may be stored already at another event time: remove them there. Costs a scan of the table for each batch. */
	readonly reshaping?: boolean;
	/** Rows that are stored already keep the event time they are stored at. */
	readonly keepsTimes?: boolean;
}

/** Rows per statement; from about here on a larger batch is no faster, only larger in memory. */
const batchSize = 5000;

/**
 * Stores rows: new ones are inserted, changed ones updated by the merge rules of their table, equal ones left untouched -
 * saving the same rows again writes nothing.
 */
export async function save(tx: Queryable, rows: Rows, options: SaveOptions = {}): Promise<Saved> {
	const total = { inserted: 0, updated: 0, unchanged: 0 };
	// The database works on one statement while the next is made.
	let inFlight: Promise<void> = Promise.resolve();
	for (const name of tableNames) {
		const table = tables[name];
		// All of them at once: batches in order of the key, too, keep two writers from a deadlock.
		const given: readonly AnyRow[] = rows[name] ?? [];
		if (given.length === 0) continue;
		// What is stored can be asked for only between two statements.
		if (options.keepsTimes) await inFlight;
		const merged = mergeByKey(table, options.keepsTimes ? await withStoredTimes(tx, table, given) : given);
		for (let start = 0; start < merged.length; start += batchSize) {
			const batch = merged.slice(start, start + batchSize);
			const statement = statementOf(table, batch);
			await inFlight;
			inFlight = (async () => {
				const removed = options.reshaping ? await removeMoved(tx, table, batch) : 0;
				const written = await write(tx, statement);
				// One that was stored at both times is not inserted again.
				const moved = Math.min(removed, written.inserted);
				total.inserted += written.inserted - moved;
				total.updated += written.updated + moved;
				total.unchanged += batch.length - written.inserted - written.updated;
			})();
			// Its failure is met by whoever awaits it next; until then it is not an unhandled one.
			inFlight.catch(() => undefined);
		}
	}
	await inFlight;
	return total;
}

interface Statement {
	readonly text: string;
	readonly parameters: readonly Parameter[];
}

function statementOf(table: Table, batch: readonly AnyRow[]): Statement {
	const columns = batchColumns(table, batch);
	const parameters = columns.flatMap(({ content }) => (content.kind === "missing" ? [] : [content.parameter]));
	return { text: upsert(table, columns), parameters: [uniqueInstant(), ...parameters] };
}

async function write(tx: Queryable, { text, parameters }: Statement) {
	const [written] = await tx.query<{ inserted: number; touched: number }>(text, parameters);
	const { inserted = 0, touched = 0 } = written ?? {};
	return { inserted, updated: touched - inserted };
}

async function removeMoved(tx: Queryable, table: Table, batch: readonly AnyRow[]): Promise<number> {
	const { moves, time } = table;
	if (moves.length === 0 || time === null) return 0;
	const properties = [...moves, time];
	const name = (property: string) => `"${table.columns[property]?.name}"`;
	const unnest = properties.map((property, index) => `$${index + 1}::${table.columns[property]?.type}[]`);
	const same = moves.map((property) => `stored.${name(property)} = batch.${name(property)}`);
	const removed = await tx.query(
		`DELETE FROM ${table.name} AS stored USING unnest(${unnest.join(", ")}) AS batch (${properties.map(name).join(", ")})
WHERE ${same.join(" AND ")} AND stored.${name(time)} <> batch.${name(time)} RETURNING 1 AS removed`,
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
