import { type Clock, readClock } from "./clock.ts";
import type { Database, Queryable } from "./database.ts";
import { TelemetryError } from "./errors.ts";
import { computeCut, type Retention } from "./retention.ts";
import { tables } from "./tables.gen.ts";

export interface PruneOptions {
	readonly retention: Retention;
	/** Only counts. */
	readonly dryRun?: boolean;
	/** By default the database's. */
	readonly clock?: Clock;
	/** Deletes although the clock may be wrong. */
	readonly force?: boolean;
	/** Aborted on Ctrl-C: the batch in flight is finished, and the next prune goes on. */
	readonly signal?: AbortSignal;
	/** Aborted when the time is used up: each table still gets one batch, so that many short runs come to an end together. */
	readonly deadline?: AbortSignal;
}

export interface Pruned {
	/** Rows older than this were removed; null if everything is kept. */
	readonly cut: string | null;
	readonly deleted: Readonly<Record<string, number>>;
}

/** Rows in each transaction: few enough that nobody waits for a lock, many enough to be fast. */
const batchSize = 10_000;

const dayMs = 24 * 60 * 60 * 1000;

/** How far the clock may be ahead of everything that is stored. */
const maxLeapDays = 7;

/** The fact tables that have a time, children before parents. */
const facts = Object.values(tables)
	.flatMap(({ name, time, key, columns }) => {
		const column = (property: string) => columns[property]?.name ?? property;
		return time === null ? [] : [{ name, time: column(time), key: key.map(column).join(", ") }];
	})
	.reverse();

/** With the notes of ingestion. */
const prunable = [
	...facts,
	{ name: "dead_letters", time: "created_at", key: "id" },
	{ name: "ingestions", time: "started_at", key: "id" },
];

type Prunable = (typeof prunable)[number];

/**
 * Deletes what is older than the retention, by event time and the database's clock, in bounded batches. A row exactly
 * as old as the retention stays. If a prune is killed, the next one finishes.
 *
 * @throws TelemetryError when the clock cannot be right: the database's and this machine's differ by more than a day, or
 * both are more than a week ahead of the newest row and of the ingestions before this one
 */
export async function prune(db: Database, options: PruneOptions): Promise<Pruned> {
	const clock = options.clock ?? (await readClock(db));
	if (!options.force) refuseStrangeClock(clock);
	const cut = await computeCut(db, options.retention, clock.start);
	if (cut !== null && !options.force && !options.dryRun) await refuseLeap(db, clock, cut);
	if (cut !== null && !options.dryRun) await raiseFloors(db, cut);
	const deleted: Record<string, number> = {};
	for (const table of prunable) {
		if (cut === null || options.signal?.aborted) break;
		deleted[table.name] = await (options.dryRun ? countOlder : deleteOlder)(db, table, cut, options);
	}
	return { cut, deleted };
}

/** Checkpoints no longer vouch for what is about to be deleted: a longer retention later has to read it again. */
async function raiseFloors(db: Queryable, cut: string): Promise<void> {
	await db.query("UPDATE checkpoints SET floor = $1::timestamptz WHERE floor IS NULL OR floor < $1::timestamptz", [
		cut,
	]);
}

async function deleteOlder(
	db: Queryable,
	{ name, time, key }: Prunable,
	cut: string,
	{ signal, deadline }: PruneOptions,
): Promise<number> {
	let deleted = 0;
	do {
		// Each statement is its own transaction.
		const [batch] = await db.query<{ count: number }>(
			`WITH deleted AS (DELETE FROM ${name} WHERE (${key}) IN
(SELECT ${key} FROM ${name} WHERE ${time} < $1::timestamptz ORDER BY ${time} LIMIT ${batchSize}) RETURNING 1)
SELECT count(*)::int AS count FROM deleted`,
			[cut],
		);
		deleted += batch?.count ?? 0;
		if ((batch?.count ?? 0) < batchSize) break;
	} while (!signal?.aborted && !deadline?.aborted);
	return deleted;
}

async function countOlder(db: Queryable, { name, time }: Prunable, cut: string): Promise<number> {
	const statement = `SELECT count(*)::int AS count FROM ${name} WHERE ${time} < $1::timestamptz`;
	const [row] = await db.query<{ count: number }>(statement, [cut]);
	return row?.count ?? 0;
}

/** A clock that is wrong by months would delete everything: nothing is deleted, and the error says why. */
function refuseStrangeClock({ start, aheadMs }: Clock): void {
	const apartDays = Math.abs(aheadMs) / dayMs;
	if (apartDays <= 1) return;
	const apart = apartDays < 2 ? "more than a day" : `${Math.floor(apartDays)} days`;
	const local = new Date(Date.parse(start) + aheadMs).toISOString();
	throw new TelemetryError(`Nothing was pruned: the clocks are ${apart} apart.`, {
		why: `The database says ${start.slice(0, 19)}Z, this machine ${local.slice(0, 19)}Z.`,
		fix: "Set the wrong clock right, then run `pnpm telemetry prune`.",
	});
}

/**
 * Both clocks may be wrong alike, as on one machine. What is stored was never far behind them, so a leap is suspicious;
 * ingestions after a leap prove nothing, because the wrong clock dated them.
 */
async function refuseLeap(db: Queryable, { start }: Clock, cut: string): Promise<void> {
	const ingestions = await db.query<{ at: string }>(
		"SELECT max(started_at) AS at FROM ingestions WHERE started_at < $1::timestamptz GROUP BY date_trunc('day', started_at) ORDER BY at",
		[start],
	);
	const [first] = ingestions;
	if (!first) return;
	const newestRow = await findNewestRow(db, start);
	const isNear = (later: string, earlier: string) => Date.parse(later) - Date.parse(earlier) <= maxLeapDays * dayMs;
	let newest = newestRow !== null && newestRow > first.at ? newestRow : first.at;
	for (const { at } of ingestions) {
		if (!isNear(at, newest)) break;
		if (at > newest) newest = at;
	}
	if (isNear(start, newest) || !(await hasOlder(db, cut))) return;
	throw new TelemetryError(
		`Nothing was pruned: the clock says ${start.slice(0, 10)}, more than ${maxLeapDays} days after everything that is stored.`,
		{
			why: `The newest row or ingestion is of ${newest.slice(0, 19)}Z. A clock that is wrong by months would delete everything.`,
			fix: "Set the clock right. If it is right, run `pnpm telemetry prune --force`.",
		},
	);
}

/** Null if there is none. Rows from the future are none of ours. */
async function findNewestRow(db: Queryable, now: string): Promise<string | null> {
	const newest = facts.map(({ name, time }) => `(SELECT max(${time}) FROM ${name} WHERE ${time} <= $1::timestamptz)`);
	const [found] = await db.query<{ at: string | null }>(`SELECT greatest(${newest.join(", ")}) AS at`, [now]);
	return found?.at ?? null;
}

async function hasOlder(db: Queryable, cut: string): Promise<boolean> {
	const older = prunable.map(({ name, time }) => `EXISTS (SELECT 1 FROM ${name} WHERE ${time} < $1::timestamptz)`);
	return (await db.query(`SELECT 1 AS found WHERE ${older.join(" OR ")}`, [cut])).length > 0;
}
