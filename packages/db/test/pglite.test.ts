import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { connect } from "../src/connect.ts";
import { LockedError } from "../src/errors.ts";
import { temporaryDirectory } from "../src/testing/temporary-directory.ts";
import { otherProcess } from "./other-process.ts";
import { refused } from "./refusal.ts";

test("an embedded database serves one process at a time, and what that has committed survives a kill", async () => {
	const directory = join(temporaryDirectory(), "db");
	const writer = otherProcess(`
		import { connect } from "src/connect.ts";
		import { migrate } from "src/migrate.ts";
		import { save } from "src/save.ts";
		const db = await connect({ url: undefined, directory: ${JSON.stringify(directory)} });
		await migrate(db);
		const calls = (source) => Array.from({ length: 1000 }, (_, index) =>
			({ timestamp: "2026-01-02T03:04:05.000000Z", source, sourceId: String(index) }));
		await db.transaction((tx) => save(tx, { llm_calls: calls("committed") }));
		await db.transaction(async (tx) => {
			await save(tx, { llm_calls: calls("not committed") });
			console.log("half-way");
			await new Promise(() => setInterval(() => undefined, 1000));
		});`);
	expect(await writer.line()).toBe("half-way");
	const open = () => connect({ url: undefined, directory });
	const error = await refused(open);
	expect(error).toBeInstanceOf(LockedError);
	expect(error.message).toContain(`process ${writer.pid} on`);
	await writer.kill();

	const db = await open();
	expect(db).toMatchObject({ engine: "pglite", label: directory });
	expect(await db.query("SELECT source, count(*) AS count FROM llm_calls GROUP BY source")).toEqual([
		{ source: "committed", count: 1000 },
	]);
	await db.close();
	expect(existsSync(`${directory}.lock`)).toBe(false);
});

test("an embedded database that cannot be opened is reported, and not left locked", async () => {
	const directory = join(temporaryDirectory(), "db");
	mkdirSync(directory);
	writeFileSync(join(directory, "PG_VERSION"), "12");
	const error = await refused(() => connect({ url: undefined, directory }));
	expect(error.message).toBe(`The embedded database in ${directory} cannot be opened.`);
	expect(error.why).toContain("failed to initialize");
	expect(error.fix).toMatchInlineSnapshot(
		`"Free disk space, or move the directory away and ingest again; or set DATABASE_URL to a PostgreSQL server."`,
	);
	expect(existsSync(`${directory}.lock`)).toBe(false);
});
