import { comments, commentsVersion } from "./comments.gen.ts";
import type { Database, Queryable } from "./database.ts";
import { readErrorCode, TelemetryError } from "./errors.ts";
import { migrations } from "./migrations.gen.ts";

export interface MigrationStatus {
	readonly applied: readonly string[];
	readonly pending: readonly string[];
}

/** The advisory lock behind which concurrent migrations of one database queue up; any unused number. */
const migrationLock = 7_412_006;

/** The comment of the table of migrations; it names the version of all other comments. */
const currentComment = `Which migrations were applied, in drizzle's form. The comments of all tables are version ${commentsVersion}.`;

/** Brings the tables and their comments up to date. Several processes may call it at once; cheap when there is nothing to do. */
export async function migrate(db: Database): Promise<MigrationStatus> {
	const found = await readMigrationStatus(db).catch((cause) => {
		if (readErrorCode(cause) !== "42501") throw cause;
		throw new TelemetryError(`The role may not read the tables in ${db.label}.`, {
			fix: "Grant it: GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO <role>.",
			cause,
		});
	});
	const status = found.pending.length > 0 ? await applyPending(db) : found;
	await renewComments(db);
	return status;
}

/** Which migrations the database has and lacks. Fails when it was migrated by a newer Tidemark. */
export async function readMigrationStatus(db: Queryable): Promise<MigrationStatus> {
	const [table] = await db.query("SELECT 1 AS found WHERE to_regclass('tidemark_migrations') IS NOT NULL");
	const rows = table ? await db.query<{ hash: string }>("SELECT hash FROM tidemark_migrations") : [];
	const hashes = new Set(rows.map((row) => row.hash));
	if (rows.some((row) => !migrations.some(({ hash }) => hash === row.hash))) {
		throw new TelemetryError("The database was migrated by a newer Tidemark than this one.", {
			why: "It has migrations that this version does not know.",
			fix: "Update Tidemark (git pull, or the Action's version) and run again.",
		});
	}
	const tags = (wanted: boolean) => migrations.filter(({ hash }) => hashes.has(hash) === wanted).map(({ tag }) => tag);
	return { applied: tags(true), pending: tags(false) };
}

async function applyPending(db: Database): Promise<MigrationStatus> {
	try {
		return await db.transaction(async (tx) => {
			await tx.query("SELECT pg_advisory_xact_lock($1)", [migrationLock]);
			const { pending } = await readMigrationStatus(tx);
			// The form drizzle's own migrator keeps, so that drizzle-kit can be used on the same database.
			await tx.query(
				"CREATE TABLE IF NOT EXISTS tidemark_migrations (id serial PRIMARY KEY, hash text NOT NULL, created_at bigint)",
			);
			for (const migration of migrations.filter(({ tag }) => pending.includes(tag))) {
				for (const statement of migration.statements) await tx.query(statement);
				const { hash, when } = migration;
				await tx.query("INSERT INTO tidemark_migrations (hash, created_at) VALUES ($1, $2)", [hash, when]);
			}
			return readMigrationStatus(tx);
		});
	} catch (cause) {
		// 3F000: there is no schema in which the role may create anything.
		if (!["42501", "3F000"].includes(readErrorCode(cause) ?? "")) throw cause;
		throw new TelemetryError(`The role may not create tables in ${db.label}.`, {
			fix: "Run `pnpm telemetry db migrate` once with a role that may, or grant it: GRANT CREATE ON SCHEMA public TO <role>.",
			cause,
		});
	}
}

/** Outside the migrations, because words may change without one. */
async function renewComments(db: Database): Promise<void> {
	// Only a table's owner may comment on it; other roles go without.
	const [stale] = await db.query(
		`SELECT 1 AS found FROM pg_class WHERE oid = to_regclass('tidemark_migrations') AND pg_has_role(relowner, 'USAGE')
AND obj_description(oid, 'pg_class') IS DISTINCT FROM $1`,
		[currentComment],
	);
	if (!stale) return;
	const all = [...comments, `COMMENT ON TABLE tidemark_migrations IS '${currentComment.replaceAll("'", "''")}'`];
	try {
		await db.transaction(async (tx) => {
			await tx.query("SELECT pg_advisory_xact_lock($1)", [migrationLock]);
			// One statement, because a server far away takes a while for each.
			await tx.query(`DO $comments$ BEGIN ${all.join(";\n")}; END $comments$`);
		});
	} catch (error) {
		// Some tables may belong to another role.
		if (readErrorCode(error) !== "42501") throw error;
	}
}
