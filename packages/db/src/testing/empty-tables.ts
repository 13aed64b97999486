import { beforeAll, beforeEach } from "vitest";
import type { Database } from "../database.ts";
import type { OpenDatabase } from "./describe-on-engines.ts";
import { emptyDatabase } from "./empty-database.ts";

/** One database for all tests of a block; its tables are empty before each. */
export function emptyTables(open: OpenDatabase): () => Database {
	let opened: Database | undefined;
	const database = () => {
		if (!opened) throw new Error("The database is open only in tests.");
		return opened;
	};
	beforeAll(async () => {
		opened = await open();
	});
	beforeEach(() => emptyDatabase(database()));
	return database;
}
