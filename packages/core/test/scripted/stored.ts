import type { Database } from "@tidemark/db";

/** The calls that are stored, in the order of their times. */
export async function storedCalls(db: Database): Promise<{ id: string; at: string }[]> {
	return db.query("SELECT source_id AS id, timestamp AS at FROM llm_calls ORDER BY timestamp, source_id");
}

export async function storedIds(db: Database): Promise<string[]> {
	return (await storedCalls(db)).map(({ id }) => id);
}

/** Everything in some tables, by default in all, to compare with later. */
export async function contentOf(db: Database, tables?: readonly string[]) {
	const content = (tables ?? (await listTables(db))).map(async (name) => {
		const rows = await db.query<{ row: unknown }>(`SELECT to_jsonb(${name}) AS row FROM ${name} ORDER BY 1`);
		return [name, rows.map(({ row }) => row)] as const;
	});
	return Object.fromEntries(await Promise.all(content));
}

/** Every table but the list of migrations. */
async function listTables(db: Database): Promise<string[]> {
	const tables = await db.query<{ name: string }>(
		"SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema AND tablename <> 'tidemark_migrations' ORDER BY 1",
	);
	return tables.map(({ name }) => name);
}
