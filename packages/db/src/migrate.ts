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

/**
 * Brings the tables and their comments up to date. Safe to call from several processes at once, cheap when there is
 * nothing to do.
 */
export async function migrate(db: Database): Promise<MigrationStatus> {
	const found = await readState(db).catch((error) => {
		throw readErrorCode(error) === "42501" ? mayNotRead(db, error) : error;
	});
	const status = found.pending.length > 0 ? await applyPending(db) : found;
	if (found.comment !== currentComment) await writeComments(db);
	return { applied: status.applied, pending: status.pending };
}

/** Which migrations the database has and lacks. Fails when it was migrated by a newer Tidemark. */
export async function readMigrationStatus(db: Queryable): Promise<MigrationStatus> {
	const { applied, pending } = await readState(db);
	return { applied, pending };
}

async function readState(db: Queryable): Promise<MigrationStatus & { readonly comment: string | null }> {
	const [found] = await db.query<{ comment: string | null }>(
		"SELECT obj_description(oid, 'pg_class') AS comment FROM pg_class WHERE oid = to_regclass('tidemark_migrations')",
	);
	const rows = found ? await db.query<{ hash: string }>("SELECT hash FROM tidemark_migrations") : [];
	const hashes = new Set(rows.map((row) => row.hash));
	const known = new Set(migrations.map((migration) => migration.hash));
	if ([...hashes].some((hash) => !known.has(hash))) {
		throw new TelemetryError("The database was migrated by a newer Tidemark than this one.", {
			why: "It has migrations that this version does not know.",
			fix: "Update Tidemark (git pull, or the Action's version) and run again.",
		});
	}
	const tags = (wanted: boolean) => migrations.filter(({ hash }) => hashes.has(hash) === wanted).map(({ tag }) => tag);
	return { applied: tags(true), pending: tags(false), comment: found?.comment ?? null };
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
				await tx.query("INSERT INTO tidemark_migrations (hash, created_at) VALUES ($1, $2)", [
					migration.hash,
					migration.when,
				]);
			}
			return readMigrationStatus(tx);
		});
	} catch (error) {
		// 3F000: there is no schema in which the role may create anything.
		if (readErrorCode(error) === "42501" || readErrorCode(error) === "3F000") throw mayNotCreate(db, error);
		throw error;
	}
}

/** Outside the migrations, because words may change without one. */
async function writeComments(db: Database): Promise<void> {
	// Only a table's owner may comment on it; other roles go without.
	const [owned] = await db.query(
		"SELECT 1 AS found FROM pg_class WHERE oid = to_regclass('tidemark_migrations') AND pg_has_role(relowner, 'USAGE')",
	);
	if (!owned) return;
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

function mayNotRead(db: Database, cause: unknown): TelemetryError {
	return new TelemetryError(`The role may not read the tables in ${db.label}.`, {
		fix: "Grant it: GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO <role>.",
		cause,
	});
}

function mayNotCreate(db: Database, cause: unknown): TelemetryError {
	return new TelemetryError(`The role may not create tables in ${db.label}.`, {
		fix: "Run `pnpm telemetry db migrate` once with a role that may, or grant it: GRANT CREATE ON SCHEMA public TO <role>.",
		cause,
	});
}
