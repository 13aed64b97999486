import { execFileSync } from "node:child_process";
import { createWriteStream, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { connect, type Database } from "@tidemark/db";
import { createPostgresDatabase, temporaryDirectory } from "@tidemark/db/testing";
import { expect, it } from "vitest";
import { startTelemetry, telemetry, waitForAnswer } from "../telemetry.ts";
import { testFault } from "./machine.ts";

const header = "timestamp,model,prompt_tokens\n";

/** Rows of different calls; every seventh stands there twice. */
function rows(count: number, model: string): string {
	const start = Date.now() - 5 * 86_400_000;
	return Array.from({ length: count }, (_, index) => {
		const at = new Date(start + (index - (index % 7 === 6 ? 1 : 0)) * 100).toISOString();
		return `${at},${model},7\n`;
	}).join("");
}

async function countCalls(db: Database): Promise<number> {
	const [there] = await db.query<{ is: boolean }>("SELECT to_regclass('llm_calls') IS NOT NULL AS is");
	if (!there?.is) return 0;
	const [found] = await db.query<{ count: number }>("SELECT count(*)::int AS count FROM llm_calls");
	return found?.count ?? 0;
}

it.each(["moved", "copied"])(
	"F1 a file over which another is %s under way loses no row of either",
	async (how) => {
		const cwd = temporaryDirectory();
		const url = await createPostgresDatabase();
		const environment = { DATABASE_URL: url };
		const path = join(cwd, "x.csv");
		writeFileSync(path, header + rows(60_000, "gpt-4o"));
		writeFileSync(join(cwd, "longer.csv"), header + rows(90_000, "gpt-4.1"));
		const ingest = { args: ["ingest", "csv", "x.csv"], cwd, environment };
		const db = await connect({ url, directory: "" });
		const answer = waitForAnswer(startTelemetry(ingest));
		while ((await countCalls(db)) === 0) await sleep(10);
		if (how === "moved") renameSync(join(cwd, "longer.csv"), path);
		else execFileSync("cp", ["longer.csv", "x.csv"], { cwd });
		expect((await answer).code).toBe(0);
		for (let time = 0; time < 2; time++) expect((await telemetry(ingest)).code).toBe(0);
		const [found] = await db.query("SELECT count(*)::int AS rows FROM llm_calls WHERE model = 'gpt-4.1'");
		expect(found).toEqual({ rows: 90_000 });
		const [counts] = await db.query<{ gone: number }>(
			"SELECT count(*)::int AS gone FROM ingestions WHERE read <> inserted + updated + unchanged + expired + skipped + rejected",
		);
		expect(counts).toEqual({ gone: 0 });
		await db.close();
	},
	60_000,
);

testFault("F5 a pipe in a glob is left out, one that is named is read like standard input", "pipes", async () => {
	const cwd = temporaryDirectory();
	const environment = { DATABASE_URL: await createPostgresDatabase() };
	mkdirSync(join(cwd, "g"));
	execFileSync("mkfifo", [join(cwd, "g/p.csv")]);
	writeFileSync(join(cwd, "g/a.csv"), header + rows(3, "gpt-4o"));
	const globbed = await telemetry({ args: ["ingest", "csv", "g/*.csv", "--max-duration", "20s"], cwd, environment });
	expect(globbed).toMatchObject({ code: 0, out: expect.stringContaining("3 entries read") });
	const named = waitForAnswer(startTelemetry({ args: ["ingest", "csv", "g/p.csv"], cwd, environment }));
	createWriteStream(join(cwd, "g/p.csv")).end(header + rows(8, "gpt-4.1"));
	expect(await named).toMatchObject({ code: 0, out: expect.stringContaining("8 entries read") });
});

it("F5 a socket is refused in words", async () => {
	const cwd = temporaryDirectory();
	const server = createServer().listen(join(cwd, "s.csv"));
	const answer = await telemetry({ args: ["ingest", "csv", "s.csv"], cwd });
	expect(answer.err).toContain("s.csv is a socket, which cannot be read as a file.");
	server.close();
});
