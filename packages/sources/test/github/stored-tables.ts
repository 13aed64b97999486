import { type Database, tableNames } from "@tidemark/db";

/** Every row of every table of facts, less when it was written: what two collections of one world must have in common. */
export async function storedTables(db: Database): Promise<Readonly<Record<string, readonly unknown[]>>> {
	const tables: Record<string, readonly unknown[]> = {};
	for (const table of tableNames) {
		const rows = await db.query<{ row: unknown }>(
			`SELECT to_jsonb(stored) - 'ingested_at' - 'changed_at' AS row FROM ${table} AS stored ORDER BY to_jsonb(stored)::text`,
		);
		if (rows.length > 0) tables[table] = rows.map(({ row }) => row);
	}
	return tables;
}
