import { hash } from "node:crypto";
import { arrayLiteral, jsonText } from "./array-literal.ts";
import type { Queryable } from "./database.ts";

/** What could not become rows: where it stood, why, and what it was. */
export interface Refused {
	readonly source: string;
	readonly target: string;
	/** Where it stands: file and line, page and index. */
	readonly at: string;
	readonly reason: string;
	/** What the source read, ready to be parsed again. */
	readonly entry?: unknown;
	/** What names its content whatever the settings made of it; the entry itself where there is none. */
	readonly key?: string | undefined;
	/** The text as it stood, where it could not even be read as an entry. */
	readonly text?: string | undefined;
}

export interface DeadLetter extends Omit<Refused, "text" | "key"> {
	readonly id: string;
	readonly text: string | null;
	/** False where retrying cannot help: it was never an entry, or was too large to keep whole. */
	readonly retryable: boolean;
	readonly createdAt: string;
}

/** What is kept of one; beyond that the text is cut and only reading the place again can help. */
const keptBytes = 64 * 1024;

/** The same place with the same content is the same dead letter, however often it is read. */
export function deadLetterId(place: Pick<Refused, "source" | "target" | "at">, content: unknown): string {
	const parts = [place.source, place.target, place.at, typeof content === "string" ? content : jsonOf(content)];
	return hash("sha256", parts.join("\u0000"), "hex").slice(0, 32);
}

/** Stores dead letters; one that is there already gets the newest reason. */
export async function writeDeadLetters(tx: Queryable, refused: readonly Refused[]): Promise<void> {
	const letters = [...new Map(refused.map(kept).map((letter) => [letter.id, letter])).values()];
	if (letters.length === 0) return;
	const column = (value: (letter: (typeof letters)[number]) => unknown) => arrayLiteral(letters.map(value));
	await tx.query(
		`INSERT INTO dead_letters (id, source, target, at, reason, entry, text, retryable, created_at)
SELECT id, source, target, at, reason, entry, text, retryable, clock_timestamp()
FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::jsonb[], $7::text[], $8::boolean[])
AS letter (id, source, target, at, reason, entry, text, retryable)
ORDER BY id
ON CONFLICT (id) DO UPDATE SET reason = excluded.reason WHERE dead_letters.reason <> excluded.reason`,
		[
			column(({ id }) => id),
			column(({ source }) => source),
			column(({ target }) => target),
			column(({ at }) => at),
			column(({ reason }) => reason),
			column(({ entry }) => entry),
			column(({ text }) => text),
			column(({ retryable }) => retryable),
		],
	);
}

function kept(refused: Refused) {
	const { source, target, at, reason, entry, text } = refused;
	const id = deadLetterId(refused, refused.key ?? (entry === undefined ? (text ?? "") : entry));
	const letter = { id, source, target, at, reason: reason.slice(0, 2000) };
	if (entry === undefined) return { ...letter, entry: null, text: text?.slice(0, keptBytes) ?? null, retryable: false };
	const json = jsonOf(entry);
	if (json === undefined || json.length > keptBytes) {
		return { ...letter, entry: null, text: json?.slice(0, keptBytes) ?? null, retryable: false };
	}
	return { ...letter, entry: json, text: null, retryable: true };
}

/** Undefined where the content is nested too deeply to be written down. */
function jsonOf(content: unknown): string | undefined {
	try {
		return jsonText(content);
	} catch {
		return undefined;
	}
}

/** Removes those dead letters whose entries have meanwhile become rows. */
export async function removeDeadLetters(tx: Queryable, ids: readonly string[]): Promise<number> {
	const removed = await tx.query("DELETE FROM dead_letters WHERE id = ANY($1::text[]) RETURNING id", [
		arrayLiteral(ids),
	]);
	return removed.length;
}

/** Gives dead letters, by their ids, the reason for which they were refused again. */
export async function renewReasons(tx: Queryable, reasons: ReadonlyMap<string, string>): Promise<void> {
	await tx.query(
		`UPDATE dead_letters SET reason = renewed.reason FROM unnest($1::text[], $2::text[]) AS renewed (id, reason)
WHERE dead_letters.id = renewed.id`,
		[arrayLiteral([...reasons.keys()]), arrayLiteral([...reasons.values()])],
	);
}

export async function hasDeadLetters(db: Queryable, source: string, target: string): Promise<boolean> {
	const found = await db.query("SELECT 1 AS found FROM dead_letters WHERE source = $1 AND target = $2 LIMIT 1", [
		source,
		target,
	]);
	return found.length > 0;
}

const columns = 'id, source, target, at, reason, entry, text, retryable, created_at AS "createdAt"';

/** Newest first; those of one source (`github` means all `github:*`) or of all. */
export async function listDeadLetters(
	db: Queryable,
	{ source, limit }: { source?: string | undefined; limit: number },
): Promise<DeadLetter[]> {
	return db.query<DeadLetter>(
		`SELECT ${columns} FROM dead_letters
WHERE $1::text IS NULL OR source = $1 OR starts_with(source, $1 || ':') ORDER BY created_at DESC, id LIMIT $2`,
		[source ?? null, limit],
	);
}

/** The one whose id begins so, or undefined where none or several do. */
export async function findDeadLetter(db: Queryable, idPrefix: string): Promise<DeadLetter | undefined> {
	const found = await db.query<DeadLetter>(`SELECT ${columns} FROM dead_letters WHERE starts_with(id, $1) LIMIT 2`, [
		idPrefix,
	]);
	return found.length === 1 ? found[0] : undefined;
}

/** Retryable ones in the order of their ids, after a given one: a page of the work of `dead-letters retry`. */
export async function retryableDeadLetters(
	db: Queryable,
	{ source, after, limit }: { source: string; after: string; limit: number },
): Promise<DeadLetter[]> {
	return db.query<DeadLetter>(
		`SELECT ${columns} FROM dead_letters WHERE source = $1 AND retryable AND id > $2 ORDER BY id LIMIT $3`,
		[source, after, limit],
	);
}

export async function countDeadLetters(db: Queryable): Promise<{ source: string; count: number }[]> {
	return db.query("SELECT source, count(*)::int AS count FROM dead_letters GROUP BY source ORDER BY source");
}

/** Forgets dead letters for good; answers how many. */
export async function purgeDeadLetters(db: Queryable, source: string | undefined): Promise<number> {
	const [purged] = await db.query<{ count: number }>(
		`WITH purged AS (DELETE FROM dead_letters
WHERE $1::text IS NULL OR source = $1 OR starts_with(source, $1 || ':') RETURNING 1) SELECT count(*)::int AS count FROM purged`,
		[source ?? null],
	);
	return purged?.count ?? 0;
}
