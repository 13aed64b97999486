import { appendFile, readFile, rename, truncate, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Database } from "@tidemark/db";
import { describeOnPostgres, temporaryDirectory } from "@tidemark/db/testing";
import { beforeEach, expect, it } from "vitest";
import { ingestCsv } from "./ingest-csv.ts";

const header = "timestamp,model,prompt_tokens,completion_tokens,task_type,session_id\n";
const row = (second: number, tokens = 10, rest = "plan,") =>
	`2026-01-01T00:00:${String(second).padStart(2, "0")}Z,gpt-4o,${tokens},5,${rest}\n`;

async function tokensIn(db: Database): Promise<number[]> {
	const rows = await db.query<{ tokens: number }>(
		"SELECT input_tokens AS tokens FROM llm_calls ORDER BY timestamp, source_id",
	);
	return rows.map(({ tokens }) => tokens);
}

describeOnPostgres("a usage file", (open) => {
	let db: Database;
	let path: string;

	beforeEach(async () => {
		db = await open();
		path = join(temporaryDirectory(), "usage.csv");
	});

	it("that grows is read on from where it ended", async () => {
		await writeFile(path, header + row(1) + row(2));
		await ingestCsv(db, [path]);
		await appendFile(path, row(3) + row(4));
		expect((await ingestCsv(db, [path])).counts).toMatchObject({ read: 2, inserted: 2 });
		expect(await tokensIn(db)).toHaveLength(4);
	});

	it("keeps equal calls apart that are appended one by one", async () => {
		await writeFile(path, header + row(1));
		for (let count = 1; count <= 4; count++) {
			await ingestCsv(db, [path]);
			expect(await tokensIn(db)).toHaveLength(count);
			await appendFile(path, row(1));
		}
	});

	it("keeps equal calls apart that arrive late, out of order", async () => {
		await writeFile(path, header + row(1) + row(9));
		await ingestCsv(db, [path]);
		await appendFile(path, row(1) + row(5) + row(1));
		await ingestCsv(db, [path]);
		await appendFile(path, row(1));
		await ingestCsv(db, [path]);
		await db.query("DELETE FROM checkpoints");
		expect((await ingestCsv(db, [path])).counts).toMatchObject({ read: 6, inserted: 0, unchanged: 6 });
		expect(await tokensIn(db)).toHaveLength(6);
	});

	it("whose last line is still being written loses and invents nothing", async () => {
		await writeFile(path, `${header}${row(1)}2026-01-01T00:00:02Z,gpt`);
		expect((await ingestCsv(db, [path])).notices.join()).toContain("the last line is unfinished");
		expect(await tokensIn(db)).toEqual([10]);
		await appendFile(path, "-4o,20,5,plan,\n");
		await ingestCsv(db, [path]);
		expect(await tokensIn(db)).toEqual([10, 20]);
	});

	it("may end without a line end", async () => {
		await writeFile(path, (header + row(1) + row(2, 20)).trimEnd());
		await utimes(path, new Date(), new Date(Date.now() - 60_000));
		await ingestCsv(db, [path]);
		expect(await tokensIn(db)).toEqual([10, 20]);
		await appendFile(path, `\n${row(3, 30)}`);
		await ingestCsv(db, [path]);
		expect(await tokensIn(db)).toEqual([10, 20, 30]);
	});

	it("that was truncated or replaced is noticed and read from the beginning", async () => {
		await writeFile(path, header + row(1) + row(2) + row(3));
		await ingestCsv(db, [path]);
		await truncate(path, header.length);
		await appendFile(path, row(7, 70));
		expect((await ingestCsv(db, [path])).notices.join()).toContain("was replaced or edited");
		await writeFile(path, header + row(8, 80) + row(9, 90) + row(10, 100) + row(11, 110) + row(12, 120));
		await ingestCsv(db, [path]);
		expect(await tokensIn(db)).toEqual([10, 10, 10, 70, 80, 90, 100, 110, 120]);
	});

	it("that is renamed, or has its columns in another order, adds nothing", async () => {
		await writeFile(path, header + row(1) + row(2));
		await ingestCsv(db, [path]);
		await rename(path, `${path}.1`);
		expect((await ingestCsv(db, [`${path}.1`])).counts).toMatchObject({ read: 2, inserted: 0, unchanged: 2 });
		const lines = (await readFile(`${path}.1`, "utf8")).trim().split("\n");
		await writeFile(path, `${lines.map((line) => `${line.split(",").reverse().join(",")},`).join("\n")}\n`);
		expect((await ingestCsv(db, [path])).counts).toMatchObject({ read: 2, inserted: 0, unchanged: 2 });
	});

	it("in which a call with session and prompt was corrected updates that call", async () => {
		await writeFile(path, header + row(1, 10, "plan,s1") + row(2, 20, "plan,s1"));
		await ingestCsv(db, [path]);
		await writeFile(path, header + row(1, 11, "plan,s1") + row(2, 20, "plan,s1"));
		expect((await ingestCsv(db, [path])).counts).toMatchObject({ inserted: 0, updated: 1, unchanged: 1 });
		expect(await tokensIn(db)).toEqual([11, 20]);
	});

	it("that is compressed is read like any other, also when another part is appended", async () => {
		await writeFile(`${path}.gz`, gzipSync(header + row(1) + row(2)));
		await ingestCsv(db, [`${path}.gz`]);
		expect((await ingestCsv(db, [`${path}.gz`])).counts.read).toBe(0);
		await appendFile(`${path}.gz`, gzipSync(row(3)));
		expect((await ingestCsv(db, [`${path}.gz`])).counts).toMatchObject({ read: 1, inserted: 1 });
		expect(await tokensIn(db)).toHaveLength(3);
	});

	it("moves its calls in time when its zone is corrected, and counts none twice", async () => {
		await writeFile(path, `${header}2026-01-01 12:00:00,gpt-4o,10,5,plan,\n`);
		await ingestCsv(db, [path]);
		await ingestCsv(db, [path], { timezone: "Europe/Berlin" });
		const rows = await db.query("SELECT timestamp FROM llm_calls");
		expect(rows).toEqual([{ timestamp: "2026-01-01T11:00:00.000000Z" }]);
	});

	it("is one of several that a glob names", async () => {
		await writeFile(path, header + row(1));
		await writeFile(path.replace("usage", "other"), header + row(2));
		const { results } = await ingestCsv(db, [join(path, "..", "*.csv")]);
		expect(results.map(({ counts }) => counts.inserted)).toEqual([1, 1]);
	});
});
