import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Database } from "../src/database.ts";
import { migrate } from "../src/migrate.ts";
import { openPostgres } from "../src/postgres.ts";
import { save } from "../src/save.ts";
import { createPostgresDatabase } from "../src/testing/postgres-database.ts";
import { refusal } from "./refusal.ts";
import { call } from "./sample-rows.ts";

describe("migrate, run by a role of few rights,", () => {
	let admin: Database;
	let db: Database;
	let role: string;

	beforeEach(async () => {
		const url = new URL(await createPostgresDatabase());
		admin = await openPostgres(url.href);
		role = `role_of_${url.pathname.slice(1)}`;
		await admin.query(`CREATE ROLE ${role} LOGIN PASSWORD 'low tide'`);
		url.username = role;
		url.password = "low tide";
		db = await openPostgres(url.href);
	});
	afterEach(async () => {
		await db.close();
		await admin.query(`DROP OWNED BY ${role}`);
		await admin.query(`DROP ROLE ${role}`);
		await admin.close();
	});

	const words = async () => (await refusal(() => migrate(db))).replaceAll(db.label, "<database>");

	test("says which right is missing to create tables", async () => {
		expect(await words()).toMatchInlineSnapshot(`
			"The role may not create tables in <database>.
			Run \`pnpm telemetry db migrate\` once with a role that may, or grant it: GRANT CREATE ON SCHEMA public TO <role>."
		`);
	});

	test("says the same if the role may not even look into the schema", async () => {
		await admin.query("REVOKE ALL ON SCHEMA public FROM public");
		expect(await words()).toMatchInlineSnapshot(`
			"The role may not create tables in <database>.
			Run \`pnpm telemetry db migrate\` once with a role that may, or grant it: GRANT CREATE ON SCHEMA public TO <role>."
		`);
	});

	test("says which right is missing to read tables that are there", async () => {
		await migrate(admin);
		expect(await words()).toMatchInlineSnapshot(`
			"The role may not read the tables in <database>.
			Grant it: GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO <role>."
		`);
	});

	test("leaves the explanations of tables that belong to another role", async () => {
		await migrate(admin);
		await admin.query(`GRANT ALL ON ALL TABLES IN SCHEMA public TO ${role}`);
		await admin.query(`ALTER TABLE tidemark_migrations OWNER TO ${role}`);
		await admin.query("COMMENT ON TABLE tidemark_migrations IS 'Words of an earlier version.'");
		expect((await migrate(db)).pending).toEqual([]);
	});

	test("accepts a role that may only read and write", async () => {
		await migrate(admin);
		await admin.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${role}`);
		expect((await migrate(db)).pending).toEqual([]);
		await admin.query("COMMENT ON TABLE tidemark_migrations IS 'Words of an earlier version.'");
		expect((await migrate(db)).pending).toEqual([]);
		expect(await save(db, { llm_calls: [call()] })).toEqual({ inserted: 1, updated: 0, unchanged: 0 });
	});
});
