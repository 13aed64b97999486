import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { connect, type Database } from "@tidemark/db";
import { createPostgresDatabase, temporaryDirectory } from "@tidemark/db/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTelemetry, telemetry, waitForAnswer } from "../telemetry.ts";
import { writeUsageFile } from "../usage-file.ts";

describe("a PostgreSQL that refuses", () => {
	const cwd = temporaryDirectory();
	let admin: Database;
	let url: URL;
	let role: string;

	beforeAll(async () => {
		url = new URL(await createPostgresDatabase());
		expect((await telemetry({ args: ["db", "migrate"], cwd, environment: { DATABASE_URL: url.href } })).code).toBe(0);
		admin = await connect({ url: url.href, directory: "" });
		role = `refused_${url.pathname.slice(1)}`;
		await admin.query(`CREATE ROLE ${role} LOGIN PASSWORD 'low tide'`);
		url.username = role;
		url.password = "low tide";
		await writeUsageFile(join(cwd, "usage.csv"), 10);
		await admin.query(
			"INSERT INTO llm_calls (timestamp, source, source_id, ingested_at, changed_at) VALUES ('2020-01-01', 'csv', 'old', now(), now())",
		);
	});
	afterAll(async () => {
		await admin.query(`DROP OWNED BY ${role}`);
		await admin.query(`DROP ROLE ${role}`);
		await admin.close();
	});

	const run = (...args: string[]) => telemetry({ args, cwd, environment: { DATABASE_URL: url.href } });
	const grant = async (rights: string) => {
		await admin.query(`REVOKE ALL ON ALL TABLES IN SCHEMA public FROM ${role}`);
		await admin.query(`GRANT ${rights} ON ALL TABLES IN SCHEMA public TO ${role}`);
	};

	it.each([
		["SELECT", ["ingest", "csv", "usage.csv"], "GRANT SELECT, INSERT, UPDATE, DELETE"],
		["SELECT, UPDATE, DELETE", ["ingest", "csv", "usage.csv"], "GRANT SELECT, INSERT, UPDATE, DELETE"],
		["SELECT, INSERT, UPDATE", ["prune"], "GRANT SELECT, INSERT, UPDATE, DELETE"],
	])("F6 a role with %s only learns which right is missing", async (rights, args, fix) => {
		await grant(rights);
		const { code, err } = await run(...args);
		expect(code).toBe(1);
		expect(err).toContain("Error: The role may not do this: permission denied for table ");
		expect(err).toContain(fix);
		expect(err).not.toMatch(/^ +at /m);
	});

	it("F6 read-only transactions are named", async () => {
		await grant("SELECT, INSERT, UPDATE, DELETE");
		await admin.query(`ALTER ROLE ${role} SET default_transaction_read_only = on`);
		const { code, err } = await run("ingest", "csv", "usage.csv");
		await admin.query(`ALTER ROLE ${role} RESET default_transaction_read_only`);
		expect(code).toBe(1);
		expect(err).toContain("Error: The database is read-only: ");
		expect(err).not.toMatch(/^ +at /m);
	});
});

it("F6 a server that is just starting is waited for, and that is said", async () => {
	const url = new URL(await createPostgresDatabase());
	const server = createServer();
	const port = await new Promise<number>((resolve) => {
		server.listen(0, "127.0.0.1", () => resolve((server.address() as { port: number }).port));
	});
	await new Promise((resolve) => server.close(resolve));
	const environment = { DATABASE_URL: Object.assign(new URL(url), { port: String(port) }).href };
	const cwd = temporaryDirectory();
	writeFileSync(join(cwd, "usage.csv"), "");
	const child = startTelemetry({ args: ["db", "status"], cwd, environment });
	expect((await waitForAnswer(child)).err).toContain("Nothing answers at 127.0.0.1");
	const said = await telemetry({ args: ["stats"], cwd, environment });
	expect(said.err).toContain("The database server is not there yet: waiting up to 5 s for it.");
});
