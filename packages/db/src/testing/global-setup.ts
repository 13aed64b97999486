import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import type { Database } from "../database.ts";
import { openPostgres } from "../postgres.ts";
import { removeWithThisProcess } from "./remove-with-this-process.ts";
import { testServer } from "./test-server.ts";

/** What one run of the tests shares. */
export interface TestRun {
	readonly serverUrl: string;
	/** Begins the name of every database the run creates. */
	readonly databasePrefix: string;
	/** Everything the run writes to disk. */
	readonly directory: string;
}

declare module "vitest" {
	interface ProvidedContext {
		readonly testRun: TestRun;
	}
}

/** Gives a whole test run one PostgreSQL and one directory, and leaves nothing behind. Never skips: no PostgreSQL, no run. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
	const server = await testServer();
	const database = await openPostgres(server.url);
	const directory = mkdtempSync(join(tmpdir(), "tidemark-test-"));
	const unwatch = removeWithThisProcess(directory);
	const databasePrefix = `tidemark_test_${randomBytes(4).toString("hex")}_`;
	project.provide("testRun", { serverUrl: server.url, databasePrefix, directory });
	return async () => {
		rmSync(directory, { recursive: true, force: true });
		unwatch();
		await dropDatabases(database, databasePrefix);
		await database.close();
		await server.stop();
	};
}

async function dropDatabases(server: Database, prefix: string): Promise<void> {
	const left = await server.query<{ name: string }>(
		"SELECT datname AS name FROM pg_database WHERE starts_with(datname, $1)",
		[prefix],
	);
	for (const { name } of left) await server.query(`DROP DATABASE ${name} WITH (FORCE)`);
}
