import type { Queryable } from "@tidemark/db";

/** Every table but the list of migrations. */
export async function tablesOf(db: Queryable): Promise<string[]> {
	const tables = await db.query<{ name: string }>(
		"SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema AND tablename <> 'tidemark_migrations' ORDER BY 1",
	);
	return tables.map(({ name }) => name);
}
