import { hash } from "node:crypto";
import type { Queryable } from "./database.ts";
import { formatArray, formatJson } from "./sql-text.ts";

/** An entry that could not become rows: where it stood, why, and what it was. */
export interface Refused {
	readonly source: string;
	readonly target: string;
	/** Where it stands: file and line, page and index. */
	readonly at: string;
	readonly reason: string;
	/** What the source read, ready to be parsed again. */
	readonly entry?: unknown;
	/** Names its content whatever the settings made of it; the entry itself if not given. */
	readonly key?: string | undefined;
	/** The text as it stood, if it could not even be read as an entry. */
	readonly text?: string | undefined;
	/** The id of a dead letter that is refused again; otherwise it follows from place and content. */
	readonly id?: string | undefined;
}

export interface DeadLetter extends Omit<Refused, "id" | "text" | "key"> {
	readonly id: string;
	readonly text: string | null;
	/** False if retrying cannot help: it was never an entry, or was too large to keep whole. */
	readonly retryable: boolean;
	readonly createdAt: string;
}

/** How much of one is kept; beyond that the text is cut, and only reading the place again can help. */
const maxBytes = 64 * 1024;

/** The same place with the same content is the same dead letter, however often it is read. */
export function computeDeadLetterId({ id, source, target, at, key, entry, text }: Omit<Refused, "reason">): string {
	if (id !== undefined) return id;
	const content = key ?? (entry === undefined ? (text ?? "") : entry);
	const parts = [source, target, at, typeof content === "string" ? content : tryFormatJson(content)];
	return hash("sha256", parts.join("\u0000"), "hex").slice(0, 32);
}

/**
 * Stores dead letters; one that is stored already gets the newest reason.
 * @param now when they were refused, canonical text
 * @returns those that are new
 */
export async function writeDeadLetters(tx: Queryable, refused: readonly Refused[], now: string): Promise<DeadLetter[]> {
	const letters = [...new Map(refused.map(cutToSize).map((letter) => [letter.id, letter])).values()];
	if (letters.length === 0) return [];
	return tx.query<DeadLetter>(
		`WITH written AS (
INSERT INTO dead_letters (id, source, target, at, reason, entry, text, retryable, created_at)
SELECT id, source, target, at, reason, entry::jsonb, text, retryable, $2::timestamptz
FROM jsonb_to_recordset($1::jsonb)
AS letter (id text, source text, target text, at text, reason text, entry text, text text, retryable boolean)
ORDER BY id
ON CONFLICT (id) DO UPDATE SET reason = excluded.reason WHERE dead_letters.reason <> excluded.reason
RETURNING *
) SELECT ${columns} FROM written WHERE created_at = $2::timestamptz ORDER BY at, id`,
		[formatJson(letters), now],
	);
}

function cutToSize(refused: Refused) {
	const { source, target, at, reason, entry } = refused;
	const letter = { id: computeDeadLetterId(refused), source, target, at, reason: reason.slice(0, 2000) };
	const json = entry === undefined ? undefined : tryFormatJson(entry);
	if (json !== undefined && json.length <= maxBytes) return { ...letter, entry: json, text: null, retryable: true };
	const text = (entry === undefined ? refused.text : json)?.slice(0, maxBytes) ?? null;
	return { ...letter, entry: null, text, retryable: false };
}

/** Undefined if the content is nested too deeply to be written down. */
function tryFormatJson(content: unknown): string | undefined {
	try {
		return formatJson(content);
	} catch {
		return undefined;
	}
}

/** Removes the dead letters whose entries have become rows by now; returns how many. */
export async function removeDeadLetters(tx: Queryable, ids: readonly string[]): Promise<number> {
	const statement = "DELETE FROM dead_letters WHERE id = ANY($1::text[]) RETURNING id";
	return (await tx.query(statement, [formatArray(ids)])).length;
}

export async function hasDeadLetters(db: Queryable, source: string, target: string): Promise<boolean> {
	const statement = "SELECT 1 AS found FROM dead_letters WHERE source = $1 AND target = $2 LIMIT 1";
	return (await db.query(statement, [source, target])).length > 0;
}

const columns = 'id, source, target, at, reason, entry, text, retryable, created_at AS "createdAt"';
const select = `SELECT ${columns} FROM dead_letters`;

/** With the source, or null, as first parameter. */
const ofSource = "WHERE $1::text IS NULL OR source = $1 OR starts_with(source, $1 || ':')";

/** Newest first; of one source (`github` means all `github:*`) or of all. */
export async function listDeadLetters(
	db: Queryable,
	{ source, limit }: { source?: string | undefined; limit: number },
): Promise<DeadLetter[]> {
	return db.query(`${select} ${ofSource} ORDER BY created_at DESC, id LIMIT $2`, [source ?? null, limit]);
}

/** The one whose id begins with a text; undefined if there is none, or more than one. */
export async function findDeadLetter(db: Queryable, idPrefix: string): Promise<DeadLetter | undefined> {
	const found = await db.query<DeadLetter>(`${select} WHERE starts_with(id, $1) LIMIT 2`, [idPrefix]);
	return found.length === 1 ? found[0] : undefined;
}

/** The retryable ones after a given id, in the order of their ids: a page of the work of `dead-letters retry`. */
export async function listRetryableDeadLetters(
	db: Queryable,
	{ source, after, limit }: { source: string; after: string; limit: number },
): Promise<DeadLetter[]> {
	return db.query(`${select} WHERE source = $1 AND retryable AND id > $2 ORDER BY id LIMIT $3`, [source, after, limit]);
}

export async function countDeadLetters(db: Queryable): Promise<{ source: string; count: number }[]> {
	return db.query("SELECT source, count(*)::int AS count FROM dead_letters GROUP BY source ORDER BY source");
}

/** Forgets dead letters for good; returns how many. */
export async function purgeDeadLetters(db: Queryable, source: string | undefined): Promise<number> {
	return (await db.query(`DELETE FROM dead_letters ${ofSource} RETURNING id`, [source ?? null])).length;
}
