import {
	computeDeadLetterId,
	type Database,
	type DeadLetter,
	hasDeadLetters,
	type IngestionCounts,
	type Queryable,
	type Refused,
	removeDeadLetters,
	writeDeadLetters,
} from "@tidemark/db";
import { addCounts } from "./ingest/counts.ts";
import { type Parsed, parseItems, refuseEntry } from "./ingest/parse-items.ts";
import {
	type AgeLimits,
	isRefusal,
	type SavedParsed,
	saveAllButRefused,
	saveParsed,
	sieveRows,
} from "./ingest/save-parsed.ts";
import type { Item, Kind } from "./kind.ts";
import { retryDatabase } from "./open-database.ts";

export interface TakeInOptions extends AgeLimits {
	/** Where the items come from; with `at`, the place of a dead letter. */
	readonly target: string;
	/** When they arrived; canonical text. */
	readonly now: string;
	/** Rows may be stored already at another event time. */
	readonly reshaping?: boolean;
	/** Parses and judges ages, and stores nothing. */
	readonly dryRun?: boolean;
	/** Storing waits for it and parsing does not: pages keep their order while the next one is parsed. */
	readonly after?: Promise<unknown>;
	/** Begins each try's transaction; throws if nothing may be stored. */
	readonly begin?: (tx: Queryable) => Promise<void>;
	/** Ends each try's transaction: stores what must commit with the rows, such as a cursor and the counts. */
	readonly end?: (tx: Queryable, counts: IngestionCounts) => Promise<void>;
}

/** What became of the items. */
export interface TakenIn {
	/** Entries are read and rejected; rows are inserted, updated, unchanged, expired or skipped. */
	readonly counts: IngestionCounts;
	readonly refused: readonly Refused[];
	/** Those of the refused that are new as dead letters. */
	readonly newDeadLetters: readonly DeadLetter[];
}

/**
 * The one door for whatever is pulled, pushed or retried. Parses the items; stores their rows, and what cannot become
 * rows as dead letters, in one transaction. A row that the database refuses costs no other. What was a dead letter at
 * the same place with the same content and becomes rows is one no more.
 *
 * @throws what the database fails with after several tries, and what `begin` and `end` throw
 */
export async function takeIn<Entry>(
	db: Database,
	kind: Kind<Entry>,
	items: readonly Item[],
	options: TakeInOptions,
): Promise<TakenIn> {
	const { target, cut, since, reshaping = false, dryRun = false } = options;
	const { parsed, refused } = await parseItems(kind, target, items);
	await options.after;
	const read = items.length;
	if (dryRun) {
		const { tooOld } = sieveRows(parsed, options);
		return { counts: addCounts(tooOld, { read, rejected: refused.length }), refused, newDeadLetters: [] };
	}
	const store = (save: typeof saveParsed) =>
		retryDatabase(() =>
			db.transaction(async (tx): Promise<TakenIn> => {
				await options.begin?.(tx);
				const saved = await save(tx, parsed, { cut, since, reshaping, keepsTimes: kind.keepsTimes ?? false });
				const bad = [...refused, ...saved.refused.map(({ item, error }) => refuseEntry(kind, target, item, error))];
				const newDeadLetters = await writeDeadLetters(tx, bad, options.now);
				await forgetDeadLetters(tx, { source: kind.name, target }, parsed, saved);
				const counts = addCounts(saved.counts, { read, rejected: bad.length });
				await options.end?.(tx, counts);
				return { counts, refused: bad, newDeadLetters };
			}),
		);
	try {
		// All at once, as nearly every page goes; single rows get care only after one was refused.
		return await store(saveParsed);
	} catch (error) {
		if (!isRefusal(error)) throw error;
		return store(saveAllButRefused);
	}
}

async function forgetDeadLetters(
	tx: Queryable,
	place: { readonly source: string; readonly target: string },
	parsed: readonly Parsed[],
	{ refused }: SavedParsed,
): Promise<void> {
	// Hashing every entry is dear, and few targets have any dead letter.
	if (parsed.length === 0 || !(await hasDeadLetters(tx, place.source, place.target))) return;
	const bad = new Set(refused.map(({ item }) => item));
	const ids = parsed
		.filter(({ item }) => !bad.has(item))
		.map(({ item: { at, entry, key, deadLetter: id } }) => computeDeadLetterId({ ...place, at, entry, key, id }));
	await removeDeadLetters(tx, ids);
}
