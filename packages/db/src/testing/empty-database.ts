import type { Database } from "../database.ts";

/**
 * Empties every table but the list of migrations. Deleting a few rows takes a hundredth of a TRUNCATE, which makes new
 * files for each table and index; after many rows it would leave the next test a bloated table.
 */
export async function emptyDatabase(db: Database): Promise<void> {
	const tables = await db.query<{ name: string; isLarge: boolean }>(
		`SELECT quote_ident(relname) AS name, pg_relation_size(oid) > 262144 AS "isLarge" FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> 'tidemark_migrations'`,
	);
	const large = tables.filter(({ isLarge }) => isLarge).map(({ name }) => name);
	if (large.length > 0) await db.query(`TRUNCATE ${large.join(", ")}`);
	const deletes = tables.map(({ name }, index) => `d${index} AS (DELETE FROM ${name})`);
	if (deletes.length > 0) await db.query(`WITH ${deletes.join(", ")} SELECT 1 AS done`);
}
