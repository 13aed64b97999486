import type { Database } from "@tidemark/db";
import { describeOnBothEngines } from "@tidemark/db/testing";
import { tablesOf } from "./tables-of.ts";

/** As `describeOnBothEngines`, with one database for the block, emptied each time: making one takes longer than most tests. */
export function describeOnEmptiedDatabase(name: string, tests: (open: () => Promise<Database>) => void): void {
	describeOnBothEngines(name, (open) => {
		let opening: Promise<Database> | undefined;
		tests(async () => {
			opening ??= open();
			const db = await opening;
			await db.query(`TRUNCATE ${(await tablesOf(db)).join(", ")}`);
			return db;
		});
	});
}
