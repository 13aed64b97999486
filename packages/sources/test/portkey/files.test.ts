import { appendFile, readFile, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import type { Database } from "@tidemark/db";
import { describeOnPostgres, temporaryDirectory } from "@tidemark/db/testing";
import { formatLine, makeLogs } from "@tidemark/world/portkey";
import { expect, it } from "vitest";
import { ingestPortkey } from "./ingest-portkey.ts";

const sample = fileURLToPath(new URL("data/portkey-export.jsonl", import.meta.url));
const fields = ["id", "created_at", "ai_org", "ai_model", "req_units", "res_units", "cost", "metadata", "request"];

const lines = (count: number, seed = 1) =>
	makeLogs({ count, from: Date.UTC(2026, 5, 1), to: Date.UTC(2026, 6, 1), seed }).map(
		(log) => `${formatLine(log, fields)}\n`,
	);

async function fileOf(content: string | Buffer, name = "export.jsonl"): Promise<string> {
	const path = join(temporaryDirectory(), name);
	await writeFile(path, content);
	return path;
}

async function letters(db: Database) {
	return db.query<{ at: string; reason: string; text: string | null }>(
		"SELECT at, reason, text FROM dead_letters ORDER BY at",
	);
}

async function callsIn(db: Database): Promise<number | undefined> {
	const [row] = await db.query<{ count: number }>("SELECT count(*)::int AS count FROM llm_calls");
	return row?.count;
}

describeOnPostgres("an export file", (open) => {
	it("is read without a key, each line on its own, a broken one costing only itself", async () => {
		const db = await open();
		const { result, notices } = await ingestPortkey(db, { file: [sample] });
		expect(result).toMatchObject({ outcome: "done", counts: { read: 4, inserted: 6, rejected: 1 } });
		expect(notices).toEqual(["PortKey's costs are taken for US cents, by list prices."]);
		const calls = await db.query(
			"SELECT timestamp, developer, repository, model, success, http_status, reported_cost, error_type FROM llm_calls ORDER BY timestamp",
		);
		expect(calls).toEqual([
			{
				timestamp: "2026-07-25T11:14:18.000000Z",
				developer: "alice",
				repository: "acme/api",
				model: "gpt-4o",
				success: true,
				http_status: 200,
				reported_cost: "0.000112500",
				error_type: null,
			},
			{
				timestamp: "2026-07-25T11:15:02.000000Z",
				developer: "bob",
				repository: null,
				model: "claude-sonnet-4-5",
				success: false,
				http_status: 429,
				reported_cost: "0.000000000",
				error_type: "rate_limit_error",
			},
			{
				timestamp: "2026-07-25T11:16:40.123000Z",
				developer: "carol",
				repository: null,
				model: "text-embedding-3-small",
				success: true,
				http_status: 200,
				reported_cost: "0.000000240",
				error_type: null,
			},
		]);
		expect(await letters(db)).toEqual([{ at: `${sample}:4`, reason: "not JSON", text: null }]);
	});

	it("gives its prompts only where they are wanted, and is then read again", async () => {
		const db = await open();
		const texts = () => db.query("SELECT original_text AS text FROM prompt_instances ORDER BY created_at");
		await ingestPortkey(db, { file: [sample] });
		expect(await texts()).toEqual([{ text: null }, { text: null }, { text: null }]);
		await ingestPortkey(db, { file: [sample], "store-prompts": true });
		expect(await texts()).toEqual([{ text: "hello" }, { text: "part one" }, { text: null }]);
		expect((await letters(db)).map(({ text }) => text)).toContain("{not json");
		await ingestPortkey(db, { file: [sample] });
		expect(await texts()).toEqual([{ text: null }, { text: null }, { text: null }]);
	});

	it("is read once, and read on where it has grown", async () => {
		const db = await open();
		const [first, more] = [lines(300), lines(50, 2)];
		const path = await fileOf(first.join(""));
		expect((await ingestPortkey(db, { file: [path] })).result.counts.read).toBe(300);
		expect((await ingestPortkey(db, { file: [path] })).result.counts.read).toBe(0);
		await appendFile(path, more.join(""));
		expect((await ingestPortkey(db, { file: [path] })).result.counts).toMatchObject({ read: 50, inserted: 100 });
	});

	it("may be compressed, have CRLF, a byte order mark, blank lines and no line end at its end", async () => {
		const content = `\ufeff${lines(20).join("\r\n").replaceAll("\n\r\n", "\r\n\r\n").trimEnd()}`;
		for (const path of [await fileOf(gzipSync(content), "export.jsonl.gz"), await fileOf(content)]) {
			const db = await open();
			const { result } = await ingestPortkey(db, { file: [path] });
			expect(result.counts).toMatchObject({ read: 20, inserted: 40, rejected: 0 });
		}
	});

	it("whose last line is unfinished is read up to there, and on when it is finished", async () => {
		const db = await open();
		const [last = "", ...first] = lines(10);
		const path = await fileOf(first.join("") + last.slice(0, 50));
		await utimes(path, 1_700_000_000, 1_700_000_000);
		const { result, notices } = await ingestPortkey(db, { file: [path] });
		expect(result.counts).toMatchObject({ read: 9, rejected: 0 });
		expect(notices).toContain(`${path}:10: the last line is unfinished; it is read when its line end is there.`);
		await appendFile(path, last.slice(50));
		await ingestPortkey(db, { file: [path] });
		expect(await callsIn(db)).toBe(10);
	});

	it("keeps the unit of its first costs for lines that show none", async () => {
		const db = await open();
		const path = await fileOf(lines(50).join(""));
		await ingestPortkey(db, { file: [path] });
		const unpriced = { id: "own-1", created_at: "2026-06-02T00:00:00Z", ai_model: "our-own", cost: 250, req_units: 1 };
		await appendFile(path, `${JSON.stringify(unpriced)}\n`);
		await ingestPortkey(db, { file: [path] });
		const [row] = await db.query("SELECT reported_cost FROM llm_calls WHERE source_id = 'own-1'");
		expect(row).toEqual({ reported_cost: "2.500000000" });
	});

	it("is read again under another PORTKEY_COST_UNIT, and an unknown unit is reported", async () => {
		const db = await open();
		const line = { id: "own-1", created_at: "2026-06-02T00:00:00Z", ai_model: "our-own", cost: 250, req_units: 1 };
		const path = await fileOf(`${JSON.stringify(line)}\n`);
		const costs = () => db.query("SELECT reported_cost AS cost, metadata->>'cost_unit' AS unit FROM llm_calls");
		const { notices } = await ingestPortkey(db, { file: [path] });
		expect(notices.at(-1)).toMatch(/^PortKey's logs do not show what their costs are counted in/);
		expect(await costs()).toEqual([{ cost: null, unit: "unknown" }]);
		await ingestPortkey(db, { file: [path], "cost-unit": "usd" });
		expect(await costs()).toEqual([{ cost: "250.000000000", unit: null }]);
		await ingestPortkey(db, { file: [path], "cost-unit": "cents" });
		expect(await costs()).toEqual([{ cost: "2.500000000", unit: null }]);
	});
});

describeOnPostgres("a hostile export file", (open) => {
	it("loses only the lines that are too long, too deep or no log, and keeps every other", async () => {
		const db = await open();
		const good = lines(200);
		const deep = "[".repeat(1_000_000) + "]".repeat(1_000_000);
		const hostile = [
			`{"id":"${"x".repeat(40 * 1024 * 1024)}"}\n`,
			`${deep}\n`,
			`{"id":"deep","created_at":"2026-06-02T00:00:00Z","metadata":{"_user":${deep}}}\n`,
			`{"id":"nul","created_at":"2026-06-02T00:00:00Z","ai_model":"a\\u0000b","metadata":{"k":"\\ud800\\u0000"}}\n`,
			'{"id":"huge","created_at":"2026-06-02T00:00:00Z","req_units":9223372036854775808}\n',
			'{"id":"proto","created_at":"2026-06-02T00:00:00Z","__proto__":{"polluted":1},"metadata":{"__proto__":{"k":1}}}\n',
			'"a text"\n',
			"null\n",
			"\u0000\n",
		];
		const path = await fileOf([...good.slice(0, 100), ...hostile, ...good.slice(100)].join(""));
		const { result } = await ingestPortkey(db, { file: [path] });
		expect(result).toMatchObject({ outcome: "done", counts: { read: 209, rejected: 7 } });
		expect(await callsIn(db)).toBe(202);
		expect((await letters(db)).map(({ at, reason }) => `${at.split(":").at(-1)} ${reason}`)).toMatchInlineSnapshot(`
			[
			  "101 longer than 16 MiB",
			  "102 nested too deeply",
			  "103 nested too deeply",
			  "105 input_tokens "9223372036854775808" is too large to be a count",
			  "107 no JSON object",
			  "108 no JSON object",
			  "109 not JSON",
			]
		`);
	});

	it("that decompresses to a thousand times its size is refused, and what it holds before is kept", async () => {
		const db = await open();
		const path = await fileOf(gzipSync(`${lines(100).join("")}${"0".repeat(256 * 1024 * 1024)}\n`), "bomb.jsonl.gz");
		const { result } = await ingestPortkey(db, { file: [path] });
		expect(String(result.error)).toMatch(/holds more than \d+ times its own size, which no log does/);
		expect(await callsIn(db)).toBe(100);
	});

	it("that is cut off within its compression is read up to there", async () => {
		const db = await open();
		const whole = gzipSync(lines(2000).join(""));
		const path = await fileOf(whole.subarray(0, whole.length - 5000), "cut.jsonl.gz");
		const { result } = await ingestPortkey(db, { file: [path] });
		expect(String(result.error)).toMatch(/is cut off or damaged/);
		expect(await callsIn(db)).toBeGreaterThan(1000);
		await writeFile(path, whole);
		await ingestPortkey(db, { file: [path] });
		expect(await callsIn(db)).toBe(2000);
		expect((await readFile(path)).length).toBe(whole.length);
	});
});
