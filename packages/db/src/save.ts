import { formatMicros } from "./clock.ts";
import type { Queryable } from "./database.ts";
import { mergeByKey } from "./merge.ts";
import { keepStoredTimes, removeMoved } from "./moved-rows.ts";
import type { AnyRow, Rows } from "./table.ts";
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
		// Merged before it is cut into batches: batches in order of the key keep two writers from a deadlock.
		const given: readonly AnyRow[] = rows[name] ?? [];
		if (given.length === 0) continue;
		// Stored times can be read only between two statements.
		if (options.keepsTimes) await inFlight;
		const merged = mergeByKey(table, options.keepsTimes ? await keepStoredTimes(tx, table, given) : given);
		for (let start = 0; start < merged.length; start += batchSize) {
			const batch = merged.slice(start, start + batchSize);
			const statement = upsert(table, batch, uniqueInstant());
			await inFlight;
			inFlight = (async () => {
				const removed = options.reshaping ? await removeMoved(tx, table, batch) : 0;
				const [written] = await tx.query<{ inserted: number; touched: number }>(statement.text, statement.parameters);
				const { inserted = 0, touched = 0 } = written ?? {};
				// A row that was stored at both times is not inserted again.
				const moved = Math.min(removed, inserted);
				total.inserted += inserted - moved;
				total.updated += touched - inserted + moved;
				total.unchanged += batch.length - touched;
			})();
			// Its failure reaches the next await; until then it must not count as unhandled.
			inFlight.catch(() => undefined);
		}
	}
	await inFlight;
	return total;
}

let lastStamp = 0;

/** Now, to the microsecond, and never the same twice in this process. */
function uniqueInstant(): string {
	lastStamp = Math.max(lastStamp + 1, Date.now() * 1000);
	return formatMicros(lastStamp);
}
