import {
	type AnyRow,
	codeOf,
	type Queryable,
	type Refused,
	type Rows,
	type Saved,
	type SaveOptions,
	save,
	tableNames,
} from "@tidemark/db";
import { type Parsed, reasonOf } from "./parse-items.ts";
import { sieve, type TooOld } from "./sieve.ts";

export interface SavedParsed extends Saved, TooOld {
	/** Entries whose rows the database refused. */
	readonly refused: readonly Pick<Refused, "at" | "entry" | "key" | "reason">[];
}

interface Window {
	readonly cut: string | null;
	readonly since: string | null;
}

/** Saves the rows of many entries at once. */
export async function saveParsed(
	tx: Queryable,
	parsed: readonly Parsed[],
	window: Window,
	options: SaveOptions,
): Promise<SavedParsed> {
	const tooOld = { expired: 0, skipped: 0 };
	const rows = sieve(combine(parsed), window, tooOld);
	return { ...(await save(tx, rows, options)), ...tooOld, refused: [] };
}

/**
 * The same where one of the rows is known to be refused (`isRefusal`), which must not cost the others: the entries are
 * halved under savepoints until the culprit stands alone.
 */
export async function saveAllButRefused(
	tx: Queryable,
	parsed: readonly Parsed[],
	window: Window,
	options: SaveOptions,
): Promise<SavedParsed> {
	await tx.query("SAVEPOINT entries");
	try {
		const saved = await saveParsed(tx, parsed, window, options);
		await tx.query("RELEASE SAVEPOINT entries");
		return saved;
	} catch (error) {
		if (!isRefusal(error)) throw error;
		await tx.query("ROLLBACK TO SAVEPOINT entries");
		const [only] = parsed;
		if (only && parsed.length === 1) {
			const { at, entry, key } = only;
			const refused = [{ at, entry, key, reason: `the database refused it: ${reasonOf(error)}` }];
			return { inserted: 0, updated: 0, unchanged: 0, expired: 0, skipped: 0, refused };
		}
		const middle = Math.floor(parsed.length / 2);
		return sum(
			await saveAllButRefused(tx, parsed.slice(0, middle), window, options),
			await saveAllButRefused(tx, parsed.slice(middle), window, options),
		);
	}
}

/** What a dry run answers: nothing is stored, only told apart by age. */
export function savedNothing(parsed: readonly Parsed[], window: Window): SavedParsed {
	const tooOld = { expired: 0, skipped: 0 };
	sieve(combine(parsed), window, tooOld);
	return { inserted: 0, updated: 0, unchanged: 0, ...tooOld, refused: [] };
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

export function isRefusal(error: unknown): boolean {
	return /^(22|23|54)/.test(codeOf(error) ?? "");
}

function sum(left: SavedParsed, right: SavedParsed): SavedParsed {
	return {
		inserted: left.inserted + right.inserted,
		updated: left.updated + right.updated,
		unchanged: left.unchanged + right.unchanged,
		expired: left.expired + right.expired,
		skipped: left.skipped + right.skipped,
		refused: [...left.refused, ...right.refused],
	};
}
