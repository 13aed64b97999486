import { beforeAll, beforeEach } from "vitest";
import type { Database } from "../database.ts";
import { tableNames } from "../tables.gen.ts";
import type { OpenDatabase } from "./describe-on-engines.ts";

const all = [...tableNames, "checkpoints", "dead_letters", "ingestions", "locks"];

/** One database for all tests of a block, because a new one takes time; its tables are empty before each. */
export function emptyTables(open: OpenDatabase): () => Database {
	let opened: Database | undefined;
	const database = () => {
		if (!opened) throw new Error("The database is open only in tests.");
		return opened;
	};
	beforeAll(async () => {
		opened = await open();
	});
	beforeEach(async () => {
		await database().query(`TRUNCATE ${all.join(", ")}`);
	});
	return database;
}
