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
	const watch = setInterval(() => watchDisk(session, path), 1000);
	watch.unref();
	const close = async () => {
		clearInterval(watch);
		await session?.close().finally(release);
		release();
	};
	try {
		const lack = existsSync(join(path, "PG_VERSION")) ? undefined : findLackOfSpace(path, newDatabaseBytes);
		if (lack) throw lack;
		session = new PgliteSession({ directory: path });
		await session.query("SET TIME ZONE 'UTC'");
	} catch (error) {
		const words = explainOpening(error, path);
		session?.fail(words);
		await close();
		throw words;
	}
	const opened = session;
	return {
		engine: "pglite",
		label: path,
		...guardDisk(opened, path),
		transaction: (work) => opened.transaction((tx) => work(guardDisk(tx, path))),
		close,
	};
}

/** Refuses to write what may not fit on the disk. */
function guardDisk(inner: Queryable, path: string): Queryable {
	return {
		async query<Row extends object>(text: string, parameters: readonly Parameter[] = []) {
			if (!/^\s*(SELECT|SHOW|ROLLBACK)\b/i.test(text)) {
				const lengths = parameters.map((value) => (typeof value === "string" ? value.length : 8));
				const given = lengths.reduce((sum, length) => sum + length, 0);
				const written = given < noteBytes ? 0 : pageBytes + writtenShare * given;
				const lack = findLackOfSpace(path, minDiskBytes + written);
				if (lack) throw lack;
			}
			return inner.query<Row>(text, parameters);
		},
	};
}

function watchDisk(session: PgliteSession | undefined, path: string): void {
	if (!session || session.waitedMs < patienceMs) return;
	const lack = findLackOfSpace(path, minDiskBytes);
	if (lack) session.fail(lack);
}

function explainOpening(cause: unknown, path: string): TelemetryError {
	if (cause instanceof TelemetryError) return cause;
	// Its file system throws objects without a message.
	const why = (cause instanceof Error && cause.message) || readErrorCode(cause);
	return (
		findLackOfSpace(path, minDiskBytes) ??
		new TelemetryError(`The embedded database in ${path} cannot be opened.`, {
			why: why || "It cannot work with what is in the way there.",
			fix: "Free disk space, or move the directory away and ingest again; or set DATABASE_URL to a PostgreSQL server.",
			cause,
		})
	);
}

function describeLoss(path: string): TelemetryError {
	return new TelemetryError(`Another process has taken over the embedded database in ${path}.`, {
		why: "This process was suspended, or its lock file was deleted.",
		fix: "Nothing is lost: run it again when the other process has ended.",
	});
}
