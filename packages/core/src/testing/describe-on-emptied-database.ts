import type { Database } from "@tidemark/db";
import { describeOnBothEngines, emptyDatabase } from "@tidemark/db/testing";

/** As `describeOnBothEngines`, with one database for the block, emptied each time: making one takes longer than most tests. */
export function describeOnEmptiedDatabase(name: string, tests: (open: () => Promise<Database>) => void): void {
	describeOnBothEngines(name, (open) => {
		let opening: Promise<Database> | undefined;
		tests(async () => {
			opening ??= open();
			const db = await opening;
			await emptyDatabase(db);
			return db;
		});
	});
}
