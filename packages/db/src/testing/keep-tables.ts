import type { Database } from "../database.ts";
import { migrate } from "../migrate.ts";
import { emptyDatabase } from "./empty-database.ts";

/** Everything of a schema that a test may change, in one word. */
const schemaFingerprint = `SELECT md5(string_agg(part, ' ' ORDER BY part)) AS fingerprint FROM (
SELECT concat_ws(':', oid, relname, relkind, relacl, relowner, reloptions) AS part FROM pg_class WHERE relnamespace = 'public'::regnamespace
UNION ALL SELECT concat_ws(':', attrelid, attname, atttypid, attnotnull, attacl) FROM pg_attribute
WHERE attnum > 0 AND attrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)
UNION ALL SELECT concat_ws(':', objoid, objsubid, description) FROM pg_description
WHERE objoid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)
UNION ALL SELECT concat_ws(':', oid, conname) FROM pg_constraint WHERE connamespace = 'public'::regnamespace
UNION ALL SELECT concat_ws(':', oid, tgname, tgenabled) FROM pg_trigger WHERE NOT tgisinternal
UNION ALL SELECT concat_ws(':', oid, proname) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
UNION ALL SELECT concat_ws(':', oid, nspname, nspacl) FROM pg_namespace WHERE nspname NOT LIKE 'pg\\_%'
UNION ALL SELECT concat_ws(':', datname, datacl) FROM pg_database WHERE datname = current_database()
UNION ALL SELECT concat_ws(':', setrole, setconfig) FROM pg_db_role_setting
UNION ALL SELECT concat_ws(':', 'event trigger', oid, evtname) FROM pg_event_trigger
UNION ALL SELECT hash FROM tidemark_migrations
) AS parts`;

/**
 * Opens empty, migrated tables: those of the test before if it left them as they were made, else new ones. Making them
 * takes up to a second, emptying them milliseconds.
 *
 * @param create makes a new database and returns what opens it
 */
export function keepTables(create: () => Promise<() => Promise<Database>>): () => Promise<Database> {
	let kept: { readonly open: () => Promise<Database>; readonly fingerprint: string | undefined } | undefined;
	return async () => {
		const again = await kept?.open();
		// What a killed process or a failed test left connected holds locks.
		await again?.query(
			"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
		);
		if (again && (await readFingerprint(again)) === kept?.fingerprint) {
			await emptyDatabase(again);
			return again;
		}
		await again?.close();
		const open = await create();
		const db = await open();
		await migrate(db);
		kept = { open, fingerprint: await readFingerprint(db) };
		return db;
	};
}

/** Undefined if the tables are gone. */
async function readFingerprint(db: Database): Promise<string | undefined> {
	const [found] = await db.query<{ exists: boolean }>(
		"SELECT to_regclass('tidemark_migrations') IS NOT NULL AS exists",
	);
	if (!found?.exists) return undefined;
	const [row] = await db.query<{ fingerprint: string }>(schemaFingerprint);
	return row?.fingerprint;
}
