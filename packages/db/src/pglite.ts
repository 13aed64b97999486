import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Database, Parameter, Queryable } from "./database.ts";
import { findLackOfSpace, megabyte, minDiskBytes } from "./disk-space.ts";
import { readErrorCode, TelemetryError } from "./errors.ts";
import { holdLockFile } from "./lock-file.ts";
import { PgliteSession } from "./pglite-session.ts";

/** Bytes for an empty database, with room for the tables. */
const newDatabaseBytes = 64 * megabyte;

/** A statement with values writes them to the log and to the table, and once more to the indexes. */
const writtenShare = 4;
const pageBytes = 6 * megabyte;
const noteBytes = 64 * 1024;

/** A statement that takes longer than this while the disk is full will never end. Milliseconds. */
const patienceMs = 4000;

/**
 * Opens the embedded PostgreSQL in a directory, creating it on first use (a few seconds).
 * One process at a time; it survives kill -9, but not a power cut: it does not flush to disk.
 *
 * @throws TelemetryError when the disk is full, also from every statement that writes
 */
export async function openPglite(directory: string): Promise<Database> {
	const path = resolve(directory);
	let session: PgliteSession | undefined;
	const release = holdLockFile(`${path}.lock`, () => session?.fail(describeLoss(path)));
	try {
		const lack = existsSync(join(path, "PG_VERSION")) ? undefined : findLackOfSpace(path, newDatabaseBytes);
		if (lack) throw lack;
		const opened = new PgliteSession({ directory: path });
		session = opened;
		const watch = setInterval(() => watchDisk(opened, path), 1000);
		watch.unref();
		const close = () => {
			clearInterval(watch);
			return opened.close().finally(release);
		};
		await begin(opened, path).catch(async (error) => {
			opened.fail(error);
			await close();
			throw error;
		});
		return { ...guardDisk(wrapPglite(opened, path), path), close };
	} catch (error) {
		release();
		throw error;
	}
}

/** An embedded PostgreSQL that is already open, as a Database (tests open one in memory). */
export function wrapPglite(session: PgliteSession, label: string): Database {
	return {
		engine: "pglite",
		label,
		query: (text, parameters) => session.query(text, parameters),
		transaction: (work) => session.transaction(work),
		close: () => session.close(),
	};
}

/** Refuses to write what may not fit on the disk. */
function guardDisk(db: Database, path: string): Database {
	const guard = (text: string, parameters: readonly Parameter[] = []) => {
		if (/^\s*(SELECT|SHOW|ROLLBACK)\b/i.test(text)) return;
		const given = parameters.reduce<number>((sum, value) => sum + (typeof value === "string" ? value.length : 8), 0);
		const written = given < noteBytes ? 0 : pageBytes + writtenShare * given;
		const lack = findLackOfSpace(path, minDiskBytes + written);
		if (lack) throw lack;
	};
	const over = (inner: Queryable): Queryable => ({
		async query<Row extends object>(text: string, parameters?: readonly Parameter[]) {
			guard(text, parameters);
			return inner.query<Row>(text, parameters);
		},
	});
	return { ...db, ...over(db), transaction: (work) => db.transaction((tx) => work(over(tx))) };
}

function watchDisk(session: PgliteSession, path: string): void {
	if (session.waitedMs < patienceMs) return;
	const lack = findLackOfSpace(path, minDiskBytes);
	if (lack) session.fail(lack);
}

async function begin(session: PgliteSession, path: string): Promise<void> {
	try {
		await session.query("SET TIME ZONE 'UTC'");
	} catch (cause) {
		if (cause instanceof TelemetryError) throw cause;
		const lack = findLackOfSpace(path, minDiskBytes);
		if (lack) throw lack;
		throw new TelemetryError(`The embedded database in ${path} cannot be opened.`, {
			// Its file system throws objects without a message.
			why:
				(cause instanceof Error && cause.message) ||
				readErrorCode(cause) ||
				"It cannot work with what is in the way there.",
			fix: "Free disk space, or move the directory away and ingest again; or set DATABASE_URL to a PostgreSQL server.",
			cause,
		});
	}
}

function describeLoss(path: string): TelemetryError {
	return new TelemetryError(`Another process has taken over the embedded database in ${path}.`, {
		why: "This process was suspended, or its lock file was deleted.",
		fix: "Nothing is lost: run it again when the other process has ended.",
	});
}
