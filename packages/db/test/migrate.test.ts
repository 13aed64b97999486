import { expect, test } from "vitest";
import { migrate, readMigrationStatus } from "../src/migrate.ts";
import { migrations } from "../src/migrations.gen.ts";
import { describeOnBothEngines } from "../src/testing/describe-on-engines.ts";
import { createPostgresDatabase } from "../src/testing/postgres-database.ts";
import { otherProcess } from "./other-process.ts";
import { refusal } from "./refusal.ts";

const all = migrations.map(({ tag }) => tag);

describeOnBothEngines("migrate", (open) => {
	test("brings an empty database up to date, and has nothing to do afterwards", async () => {
		const db = await open({ migrated: false });
		expect(await readMigrationStatus(db)).toEqual({ applied: [], pending: all });
		expect(await migrate(db)).toEqual({ applied: all, pending: [] });
		const tables = "SELECT relname, relfilenode::bigint AS file FROM pg_class ORDER BY relname";
		const before = await db.query(tables);
		expect(await migrate(db)).toEqual({ applied: all, pending: [] });
		expect(await db.query(tables)).toEqual(before);
		expect(await readMigrationStatus(db)).toEqual({ applied: all, pending: [] });
	});

	test("explains every table and column in the database itself", async () => {
		const db = await open();
		const mute = await db.query(
			`SELECT relname, attname FROM pg_class LEFT JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v') AND relname <> 'tidemark_migrations'
AND (obj_description(pg_class.oid, 'pg_class') IS NULL OR col_description(attrelid, attnum) IS NULL)`,
		);
		expect(mute).toEqual([]);
		expect(await db.query("SELECT col_description('commits'::regclass, 2) AS words")).toEqual([
			{ words: "The commit: 40 characters, 64 in a SHA-256 repository." },
		]);
	});

	test("renews the explanations when they have changed, and only then", async () => {
		const db = await open();
		const words = async () => {
			const [found] = await db.query<{ words: string }>("SELECT obj_description('locks'::regclass) AS words");
			return found?.words;
		};
		const current = await words();
		await db.query("COMMENT ON TABLE locks IS 'Words of somebody else.'");
		await migrate(db);
		expect(await words()).toBe("Words of somebody else.");
		await db.query("COMMENT ON TABLE tidemark_migrations IS 'Words of an earlier version.'");
		await migrate(db);
		expect(await words()).toBe(current);
	});

	test("leaves nothing behind when it fails half-way", async () => {
		const db = await open({ migrated: false });
		await db.query("CREATE TABLE workflow_runs (id int)");
		await expect(migrate(db)).rejects.toThrow("already exists");
		expect(await db.query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).toEqual([
			{ tablename: "workflow_runs" },
		]);
		await db.query("DROP TABLE workflow_runs");
		expect(await migrate(db)).toEqual({ applied: all, pending: [] });
	});

	test("refuses a database that a newer version has migrated", async () => {
		const db = await open();
		await db.query("INSERT INTO tidemark_migrations (hash, created_at) VALUES ('of the future', 1)");
		expect(await refusal(() => migrate(db))).toMatchInlineSnapshot(`
			"The database was migrated by a newer Tidemark than this one.
			It has migrations that this version does not know.
			Update Tidemark (git pull, or the Action's version) and run again."
		`);
		await expect(readMigrationStatus(db)).rejects.toThrow("newer Tidemark");
	});
});

test("migrate succeeds in four processes at once", async () => {
	const url = await createPostgresDatabase();
	const script = `
		import { migrate } from "src/migrate.ts";
		import { openPostgres } from "src/postgres.ts";
		const db = await openPostgres(${JSON.stringify(url)});
		await new Promise((begin) => setTimeout(begin, ${Date.now() + 1500} - Date.now()));
		console.log(JSON.stringify(await migrate(db)));
		await db.close();`;
	const processes = Array.from({ length: 4 }, () => otherProcess(script));
	const printed = await Promise.all(processes.map((each) => each.line()));
	expect(printed.map((line) => JSON.parse(line))).toEqual(processes.map(() => ({ applied: all, pending: [] })));
	expect(await Promise.all(processes.map((each) => each.ended()))).toEqual([0, 0, 0, 0]);
});
