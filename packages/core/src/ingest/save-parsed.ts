import {
	type AnyRow,
	type Queryable,
	type Rows,
	readErrorCode,
	type Saved,
	type SaveOptions,
	save,
	tableNames,
	tables,
} from "@tidemark/db";
import type { EntryItem } from "../kind.ts";
import type { Parsed } from "./parse-items.ts";

/** Rows from before these moments are not stored, judged by event time; canonical text, null for no limit. */
export interface AgeLimits {
	/** Where the retention cuts. */
	readonly cut: string | null;
	/** What was asked for. */
	readonly since: string | null;
}

/** How many rows were too old. */
interface TooOld {
	/** For the retention. */
	expired: number;
	/** For --since. */
	skipped: number;
}

export interface SavedParsed extends Saved, TooOld {
	/** Entries whose rows the database refused. */
	readonly refused: readonly { readonly item: EntryItem; readonly error: unknown }[];
}

/** Saves the rows of many entries at once. */
export async function saveParsed(
	tx: Queryable,
	parsed: readonly Parsed[],
	limits: AgeLimits,
	options: SaveOptions,
): Promise<SavedParsed> {
	const { rows, tooOld } = sieve(combine(parsed), limits);
	return { ...(await save(tx, rows, options)), ...tooOld, refused: [] };
}

/**
 * The same after the database has refused a row (`isRefusal`), which must not cost the others: the entries are halved
 * under savepoints until the culprit stands alone.
 */
export async function saveAllButRefused(
	tx: Queryable,
	parsed: readonly Parsed[],
	limits: AgeLimits,
	options: SaveOptions,
): Promise<SavedParsed> {
	await tx.query("SAVEPOINT entries");
	try {
		const saved = await saveParsed(tx, parsed, limits, options);
		await tx.query("RELEASE SAVEPOINT entries");
		return saved;
	} catch (error) {
		if (!isRefusal(error)) throw error;
		await tx.query("ROLLBACK TO SAVEPOINT entries");
		const [only] = parsed;
		if (only && parsed.length === 1) {
			const cause = new Error(`the database refused it: ${error instanceof Error ? error.message : error}`, {
				cause: error,
			});
			return { ...nothing, refused: [{ item: only.item, error: cause }] };
		}
		const middle = Math.floor(parsed.length / 2);
		return add(
			await saveAllButRefused(tx, parsed.slice(0, middle), limits, options),
			await saveAllButRefused(tx, parsed.slice(middle), limits, options),
		);
	}
}

/** Only counts what is too old, for a dry run. */
export function judgeAges(parsed: readonly Parsed[], limits: AgeLimits): SavedParsed {
	return { ...nothing, ...sieve(combine(parsed), limits).tooOld };
}

/** True for an error of the data itself: trying again cannot help. */
export function isRefusal(error: unknown): boolean {
	return /^(22|23|54)/.test(readErrorCode(error) ?? "");
}

function combine(parsed: readonly Parsed[]): Rows {
	const combined: Record<string, AnyRow[]> = {};
	for (const { rows } of parsed) {
		for (const name of tableNames) {
			const given: readonly AnyRow[] | undefined = rows[name];
			if (!given) continue;
			combined[name] ??= [];
			combined[name].push(...given);
		}
	}
	return combined as Rows;
}

/** The rows that are recent enough; counts the others. */
function sieve(rows: Rows, { cut, since }: AgeLimits): { rows: Rows; tooOld: TooOld } {
	const tooOld = { expired: 0, skipped: 0 };
	if (cut === null && since === null) return { rows, tooOld };
	let kept = rows;
	for (const name of tableNames) {
		const given: readonly AnyRow[] = rows[name] ?? [];
		const { time } = tables[name];
		if (time === null) continue;
		const recent = given.filter((row) => {
			const at = String(row[time]);
			if (cut !== null && at < cut) tooOld.expired++;
			else if (since !== null && at < since) tooOld.skipped++;
			else return true;
			return false;
		});
		if (recent.length < given.length) kept = { ...kept, [name]: recent };
	}
	return { rows: kept, tooOld };
}

const nothing: SavedParsed = { inserted: 0, updated: 0, unchanged: 0, expired: 0, skipped: 0, refused: [] };

function add(left: SavedParsed, right: SavedParsed): SavedParsed {
	return {
		inserted: left.inserted + right.inserted,
		updated: left.updated + right.updated,
		unchanged: left.unchanged + right.unchanged,
		expired: left.expired + right.expired,
		skipped: left.skipped + right.skipped,
		refused: [...left.refused, ...right.refused],
	};
}
