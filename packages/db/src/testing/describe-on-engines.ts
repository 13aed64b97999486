import { afterAll, describe } from "vitest";
import type { Database } from "../database.ts";
import type { PgliteSession } from "../pglite-session.ts";
import { openPostgres } from "../postgres.ts";
import { keepTables } from "./keep-tables.ts";
import { pgliteInMemory } from "./pglite-in-memory.ts";
import { createPostgresDatabase, dropPostgresDatabase } from "./postgres-database.ts";

/**
 * Opens an empty database with the tables in it (without them, and new, if `migrated` is false).
 * One at a time: it closes the one that was opened before. Call it in a test or in a hook; nothing has to be closed.
 */
export type OpenDatabase = (options?: { readonly migrated?: boolean }) => Promise<Database>;

type Engine = Database["engine"];

const newDatabase: Readonly<Record<Engine, () => Promise<Database>>> = { postgres: newPostgres, pglite: newPglite };

/** The tables that tests of this worker share, one after the other. */
const emptyTables: Readonly<Record<Engine, () => Promise<Database>>> = {
	postgres: keepTables(async () => {
		const url = await createPostgresDatabase();
		return () => openPostgres(url);
	}),
	pglite: keepTables(async () => {
		const database = await newPglite();
		return async () => {
			await resetSession(database);
			return database;
		};
	}),
};

/** Runs the same tests on a PostgreSQL server and on the embedded database: what is promised holds on both. */
export function describeOnBothEngines(name: string, tests: (open: OpenDatabase) => void): void {
	describeOn(["postgres", "pglite"], name, tests);
}

/** Runs tests on a PostgreSQL server alone: large ones that prove nothing about the engine. */
export function describeOnPostgres(name: string, tests: (open: OpenDatabase) => void): void {
	describeOn(["postgres"], name, tests);
}

function describeOn(engines: readonly Engine[], name: string, tests: (open: OpenDatabase) => void): void {
	describe.each(engines)(`${name} on %s`, (engine) => {
		let last: Database | undefined;
		const closeLast = async () => {
			await last?.close();
			last = undefined;
		};
		afterAll(closeLast);
		tests(async ({ migrated = true } = {}) => {
			await closeLast();
			last = await (migrated ? emptyTables : newDatabase)[engine]();
			return last;
		});
	});
}

async function newPostgres(): Promise<Database> {
	const url = await createPostgresDatabase();
	const database = await openPostgres(url);
	let closing: Promise<void> | undefined;
	return {
		...database,
		close() {
			closing ??= database.close().then(() => dropPostgresDatabase(url));
			return closing;
		},
	};
}

let pglite: Promise<PgliteSession> | undefined;

/** Opening takes seconds and a gigabyte, emptying milliseconds: one instance for each worker, which ends with it. */
async function newPglite(): Promise<Database> {
	pglite ??= pgliteInMemory();
	const instance = await pglite;
	const database: Database = {
		engine: "pglite",
		label: "in memory",
		query: (text, parameters) => instance.query(text, parameters),
		transaction: (work) => instance.transaction(work),
		close: async () => undefined,
	};
	await resetSession(database);
	await database.query("DROP SCHEMA public CASCADE");
	await database.query("CREATE SCHEMA public");
	return database;
}

async function resetSession(pglite: Database): Promise<void> {
	await pglite.query("DISCARD ALL");
	await pglite.query("SET TIME ZONE 'UTC'");
}
