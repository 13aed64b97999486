import type { Queryable } from "./database.ts";
import { formatJson } from "./sql-text.ts";

/** How far a source has read one target, and under which conditions that holds. */
export interface Checkpoint {
	readonly cursor: unknown;
	/** Nothing older than this was stored; null vouches for everything. */
	readonly floor: string | null;
	/** A hash of the settings that shape rows. */
	readonly shape: string;
	/** A re-read under a changed shape is not finished. */
	readonly reshaping: boolean;
}

export async function readCheckpoint(db: Queryable, source: string, target: string): Promise<Checkpoint | undefined> {
	const [checkpoint] = await db.query<Checkpoint>(
		"SELECT cursor, floor, shape, reshaping FROM checkpoints WHERE source = $1 AND target = $2",
		[source, target],
	);
	return checkpoint;
}

/** Writes a checkpoint. Call it in the transaction that stores the rows it vouches for. */
export async function writeCheckpoint(
	tx: Queryable,
	source: string,
	target: string,
	{ cursor, floor, shape, reshaping }: Checkpoint,
): Promise<void> {
	await tx.query(
		`INSERT INTO checkpoints (source, target, cursor, floor, shape, reshaping, updated_at)
VALUES ($1, $2, $3::jsonb, $4::timestamptz, $5, $6, clock_timestamp())
ON CONFLICT (source, target) DO UPDATE SET cursor = excluded.cursor, floor = excluded.floor, shape = excluded.shape,
reshaping = excluded.reshaping, updated_at = excluded.updated_at`,
		[source, target, formatJson(cursor), floor, shape, reshaping],
	);
}
