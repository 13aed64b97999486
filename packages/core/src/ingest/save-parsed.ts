import {
	type AnyRow,
	type IngestionCounts,
	type Queryable,
	type Rows,
	readErrorCode,
	type SaveOptions,
	save,
	tableNames,
	tables,
} from "@tidemark/db";
import type { EntryItem } from "../kind.ts";
import { addCounts } from "./counts.ts";
import type { Parsed } from "./parse-items.ts";

/** Rows from before these moments are not stored, judged by event time; canonical text, null for no limit. */
export interface AgeLimits {
	/** Where the retention cuts. */
	readonly cut: string | null;
	/** What was asked for. */
	readonly since: string | null;
}

interface StoreOptions extends AgeLimits, SaveOptions {}

export interface SavedParsed {
	readonly counts: Partial<IngestionCounts>;
	/** Entries whose rows the database refused. */
	readonly refused: readonly { readonly item: EntryItem; readonly error: unknown }[];
}

/** Saves the rows of many entries at once. */
export async function saveParsed(
	tx: Queryable,
	parsed: readonly Parsed[],
	options: StoreOptions,
): Promise<SavedParsed> {
	const { rows, tooOld } = sieveRows(parsed, options);
	return { counts: { ...(await save(tx, rows, options)), ...tooOld }, refused: [] };
}

/**
 * The same after the database has refused a row (`isRefusal`), which must not cost the others: the entries are halved
 * under savepoints until the culprit stands alone.
 */
export async function saveAllButRefused(
	tx: Queryable,
	parsed: readonly Parsed[],
	options: StoreOptions,
): Promise<SavedParsed> {
	await tx.query("SAVEPOINT entries");
	try {
		const saved = await saveParsed(tx, parsed, options);
		await tx.query("RELEASE SAVEPOINT entries");
		return saved;
	} catch (cause) {
		if (!isRefusal(cause)) throw cause;
		await tx.query("ROLLBACK TO SAVEPOINT entries");
		const [only] = parsed;
		if (only && parsed.length === 1) {
			const error = new Error(`the database refused it: ${cause instanceof Error ? cause.message : cause}`, { cause });
			return { counts: {}, refused: [{ item: only.item, error }] };
		}
		const middle = Math.floor(parsed.length / 2);
		const left = await saveAllButRefused(tx, parsed.slice(0, middle), options);
		const right = await saveAllButRefused(tx, parsed.slice(middle), options);
		return { counts: addCounts(left.counts, right.counts), refused: [...left.refused, ...right.refused] };
	}
}

/** True for an error of the data itself: trying again cannot help. */
export function isRefusal(error: unknown): boolean {
	return /^(22|23|54)/.test(readErrorCode(error) ?? "");
}

/** The rows of all entries that are recent enough, by table, and how many were not. */
export function sieveRows(parsed: readonly Parsed[], { cut, since }: AgeLimits) {
	const kept: Record<string, AnyRow[]> = {};
	const tooOld = { expired: 0, skipped: 0 };
	for (const { rows } of parsed) {
		for (const name of tableNames) {
			const given: readonly AnyRow[] | undefined = rows[name];
			if (!given) continue;
			kept[name] ??= [];
			const { time } = tables[name];
			for (const row of given) {
				const at = time === null ? null : String(row[time]);
				if (at !== null && cut !== null && at < cut) tooOld.expired++;
				else if (at !== null && since !== null && at < since) tooOld.skipped++;
				else kept[name].push(row);
			}
		}
	}
	return { rows: kept as Rows, tooOld };
}
