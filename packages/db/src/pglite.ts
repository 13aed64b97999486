import { resolve } from "node:path";
import { PGlite, type PGliteInterface, type Transaction } from "@electric-sql/pglite";
import { type Database, formatInstant, oid, type Parameter, type Queryable } from "./database.ts";
import { TelemetryError } from "./errors.ts";
import { holdLockFile } from "./lock-file.ts";

// The embedded database hands over values as `openPostgres` does; see `Queryable`.
const parsers = { [oid.timestamptz]: formatInstant, [oid.bigint]: Number };

/**
 * Opens the embedded PostgreSQL in a directory, creating it on first use (a few seconds).
 * One process at a time; it survives kill -9, but not a power cut: it does not flush to disk.
 */
export async function openPglite(directory: string): Promise<Database> {
	const path = resolve(directory);
	const release = holdLockFile(`${path}.lock`);
	try {
		const pglite = await createPglite(path);
		return { ...wrapPglite(pglite, path), close: () => pglite.close().finally(release) };
	} catch (error) {
		release();
		throw error;
	}
}

/** An embedded PostgreSQL that is already open, as a Database (tests open one in memory). */
export function wrapPglite(pglite: PGliteInterface, label: string): Database {
	const over = (connection: Pick<Transaction, "query">): Queryable => ({
		async query<Row extends object>(text: string, parameters: readonly Parameter[] = []) {
			const { rows } = await connection.query<Row>(text, [...parameters], { parsers });
			return rows;
		},
	});
	return {
		engine: "pglite",
		label,
		query: over(pglite).query,
		transaction: (work) => pglite.transaction((tx) => work(over(tx))),
		close: () => pglite.close(),
	};
}

async function createPglite(path: string): Promise<PGlite> {
	try {
		const pglite = await PGlite.create({ dataDir: path });
		await pglite.exec("SET TIME ZONE 'UTC'");
		return pglite;
	} catch (cause) {
		throw new TelemetryError(`The embedded database in ${path} cannot be opened.`, {
			// Its file system throws objects without a message.
			why: cause instanceof Error ? cause.message : "It cannot work with what is in the way there.",
			fix: "Free disk space, or move the directory away and ingest again; or set DATABASE_URL to a PostgreSQL server.",
			cause,
		});
	}
}
