import { randomUUID } from "node:crypto";
import type { Queryable } from "./database.ts";
import { formatScalar } from "./sql-text.ts";

/** What became of every entry that was read. */
export interface IngestionCounts {
	/** Entries that the source handed over. */
	read: number;
	/** Rows. */
	inserted: number;
	updated: number;
	unchanged: number;
	/** Rows older than the retention, not stored. */
	expired: number;
	/** Rows older than --since, not stored. */
	skipped: number;
	/** Entries that became dead letters. */
	rejected: number;
}

export type Outcome = "done" | "partial" | "cancelled" | "failed";

export interface Ingestion extends IngestionCounts {
	readonly source: string;
	readonly target: string;
	readonly startedAt: string;
	readonly finishedAt: string | null;
	readonly outcome: Outcome | null;
	readonly message: string | null;
}

/**
 * Notes that a source has begun with a target; a process that is killed leaves the note without an outcome.
 * @returns the note's id
 */
export async function beginIngestion(
	db: Queryable,
	{ source, target, now }: { source: string; target: string; now: string },
): Promise<string> {
	const id = randomUUID();
	await db.query(
		`INSERT INTO ingestions (id, source, target, started_at, read, inserted, updated, unchanged, expired, skipped, rejected)
VALUES ($1, $2, $3, $4::timestamptz, 0, 0, 0, 0, 0, 0, 0)`,
		[id, source, target, now],
	);
	return id;
}

export async function endIngestion(
	db: Queryable,
	id: string,
	ending: { outcome: Outcome; message?: string | undefined; counts: IngestionCounts; now: string },
): Promise<void> {
	const { read, inserted, updated, unchanged, expired, skipped, rejected } = ending.counts;
	const message = ending.message === undefined ? null : formatScalar(ending.message);
	await db.query(
		`UPDATE ingestions SET outcome = $2, message = $3, finished_at = $4::timestamptz, read = $5, inserted = $6,
updated = $7, unchanged = $8, expired = $9, skipped = $10, rejected = $11 WHERE id = $1`,
		[id, ending.outcome, message, ending.now, read, inserted, updated, unchanged, expired, skipped, rejected],
	);
}

/** The newest ingestion of each source and target, newest first. */
export async function listLastIngestions(db: Queryable, limit: number): Promise<Ingestion[]> {
	return db.query<Ingestion>(
		`SELECT source, target, started_at AS "startedAt", finished_at AS "finishedAt", outcome, message,
read, inserted, updated, unchanged, expired, skipped, rejected
FROM (SELECT DISTINCT ON (source, target) * FROM ingestions ORDER BY source, target, started_at DESC) AS newest
ORDER BY started_at DESC LIMIT $1`,
		[limit],
	);
}
