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

/** How a source came to its end with a target. */
interface Ending {
	readonly outcome: Outcome;
	readonly message?: string | undefined;
	readonly counts: IngestionCounts;
	readonly now: string;
}

export async function endIngestion(
	db: Queryable,
	id: string,
	{ outcome, message, counts, now }: Ending,
): Promise<void> {
	await db.query(
		`UPDATE ingestions SET finished_at = $11::timestamptz, outcome = $2, message = $3, read = $4, inserted = $5,
updated = $6, unchanged = $7, expired = $8, skipped = $9, rejected = $10 WHERE id = $1`,
		[
			id,
			outcome,
			message === undefined ? null : formatScalar(message),
			counts.read,
			counts.inserted,
			counts.updated,
			counts.unchanged,
			counts.expired,
			counts.skipped,
			counts.rejected,
			now,
		],
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
