import { type Database, tableNames } from "@tidemark/db";
import type { OpenDatabase } from "@tidemark/db/testing";
import { beforeAll, beforeEach } from "vitest";

const all = [...tableNames, "checkpoints", "dead_letters", "ingestions", "locks"];

/** One database for all tests of a block, because a new one takes time; its tables are empty before each. */
export function emptyDatabase(open: OpenDatabase): () => Database {
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
