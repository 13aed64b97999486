import { appendFile, open as openFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Database } from "@tidemark/db";
import { describeOnBothEngines, temporaryDirectory } from "@tidemark/db/testing";
import { expect, it } from "vitest";
import { litellm } from "../../src/litellm/source.ts";
import { ingestWith } from "./ingest-files.ts";

const line = (index: number) =>
	`${JSON.stringify({ request_id: `r-${index}`, spend: 0.01, startTime: "2026-07-25T11:00:00Z", status: "success" })}\n`;

async function lettersIn(db: Database): Promise<{ at: string; reason: string; text: string | null }[]> {
	return db.query("SELECT at, reason, text FROM dead_letters ORDER BY at");
}

describeOnBothEngines("a hostile log", (open) => {
	it("with a line of a gigabyte loses that line only, and little memory", async () => {
		const db = await open();
		const path = join(temporaryDirectory(), "spend.jsonl");
		await writeFile(path, line(1));
		// A hole in the file: a gigabyte of NUL that takes no space on the disk.
		const file = await openFile(path, "r+");
		await file.truncate(2 ** 30);
		await file.close();
		await appendFile(path, `\n${line(2)}`);
		const before = process.memoryUsage().rss;
		const ingested = await ingestWith(litellm, db, { path: [path] });
		expect([ingested.inserted, ingested.rejected]).toEqual([2, 1]);
		expect(await lettersIn(db)).toEqual([{ at: `${path}:2`, reason: "longer than 16 MiB", text: null }]);
		expect(process.memoryUsage().rss - before).toBeLessThan(300 * 2 ** 20);
	});

	it("with a million brackets loses those lines only", async () => {
		const db = await open();
		const path = join(temporaryDirectory(), "spend.jsonl");
		const lists = `${"[".repeat(1_000_000)}${"]".repeat(1_000_000)}\n`;
		const objects = `{"request_id": "deep", "spend": 0, "metadata": ${'{"a":'.repeat(1_000_000)}1${"}".repeat(1_000_000)}}\n`;
		const unclosed = `${"[".repeat(1_000_000)}\n`;
		await writeFile(path, `${line(1)}${lists}${objects}${unclosed}${line(2)}`);
		const ingested = await ingestWith(litellm, db, { path: [path] });
		expect([ingested.inserted, ingested.rejected]).toEqual([2, 3]);
		expect((await lettersIn(db)).map(({ reason }) => reason)).toEqual(Array(3).fill("nested too deeply"));
	});

	it("with a record that is nested deeply, but not more than JSON may be, is stored", async () => {
		const db = await open();
		const path = join(temporaryDirectory(), "spend.jsonl");
		const deep = `${"[".repeat(5000)}${"]".repeat(5000)}`;
		await writeFile(path, `{"timestamp": "2026-07-25T11:00:00Z", "prompt_tokens": 5, "extra": ${deep}}\n${line(2)}`);
		const ingested = await ingestWith(litellm, db, { path: [path] });
		expect(ingested.inserted + ingested.rejected).toBe(2);
		expect(ingested.inserted).toBeGreaterThan(0);
	});

	it("that is a gzip bomb is refused with one clear line, and what came before it is kept", async () => {
		const db = await open();
		const folder = temporaryDirectory();
		const [zeros, repeated] = [join(folder, "a.jsonl.gz"), join(folder, "b.jsonl.gz")];
		const members = [gzipSync(line(1)), ...Array(64).fill(gzipSync(Buffer.alloc(2 ** 24)))];
		await writeFile(zeros, Buffer.concat(members));
		await writeFile(repeated, gzipSync(Buffer.from(line(2).repeat(150_000))));
		await writeFile(join(folder, "c.jsonl"), line(3));
		const ingested = await ingestWith(litellm, db, { path: [folder] });
		expect(ingested.results.map(({ outcome }) => outcome)).toEqual(["failed", "failed", "done"]);
		for (const [index, path] of [zeros, repeated].entries()) {
			expect(String(ingested.results[index]?.error)).toContain(`${path} holds more than 200 times its own size`);
		}
		const stored = await db.query<{ id: string }>("SELECT source_id AS id FROM llm_calls ORDER BY 1");
		expect(stored.map(({ id }) => id)).toEqual(["r-1", "r-2", "r-3"]);
	});

	it("that is compressed and cut off keeps what it holds up to there", async () => {
		const db = await open();
		const path = join(temporaryDirectory(), "spend.jsonl.gz");
		const whole = gzipSync(Buffer.from(Array.from({ length: 9000 }, (_, index) => line(index)).join("")));
		await writeFile(path, whole.subarray(0, whole.length - 2000));
		const ingested = await ingestWith(litellm, db, { path: [path] });
		expect(String(ingested.results[0]?.error)).toContain("is cut off or damaged");
		expect(ingested.inserted).toBeGreaterThan(0);
		await writeFile(path, whole);
		await ingestWith(litellm, db, { path: [path] });
		expect(await db.query("SELECT count(*)::int AS count FROM llm_calls")).toEqual([{ count: 9000 }]);
	});

	it("with a broken element in a list, or a quote that is never closed, loses that element only", async () => {
		const db = await open();
		const path = join(temporaryDirectory(), "spend.json");
		const bad = ['{"request_id": "x", "spend": }', "17", '{"request_id": "never closed', '"text"'];
		await writeFile(path, `[\n${line(1)},${bad.join(",\n")},\n${line(2)},\n${line(3)}]\n`);
		const ingested = await ingestWith(litellm, db, { path: [path] });
		expect([ingested.inserted, ingested.rejected]).toEqual([3, 3]);
	});

	it.each([
		["spend", "NaN", /not JSON/],
		["spend", "-1", /cost "-1" is negative/],
		["spend", '"1e400"', /too large/],
		["prompt_tokens", "1.5", /not a whole number/],
		["prompt_tokens", "-5", /negative/],
		["prompt_tokens", "9223372036854775808", /too large to be a count/],
		["startTime", '"2026-02-30T00:00:00Z"', /not a day and time that exist/],
		["startTime", '"1970-01-01T00:00:00Z"', /before 2015/],
		["startTime", '"2999-01-01T00:00:00Z"', /more than a day ahead/],
		["startTime", '""', /timestamp is missing/],
	])("whose %s is %s keeps that record as a dead letter with its reason", async (field, value, reason) => {
		const db = await open();
		const path = join(temporaryDirectory(), "spend.jsonl");
		const bad = line(1).replace("}", `, "${field}": ${value}}`);
		await writeFile(path, `${bad}${line(2)}`);
		expect(await ingestWith(litellm, db, { path: [path] })).toMatchObject({ inserted: 1, rejected: 1 });
		expect(await lettersIn(db)).toEqual([{ at: `${path}:1`, reason: expect.stringMatching(reason), text: null }]);
	});

	it("with NUL and halves of characters in its texts is stored without them", async () => {
		const db = await open();
		const path = join(temporaryDirectory(), "spend.jsonl");
		const record = { request_id: "r-1", spend: 0, startTime: "2026-07-25T11:00:00Z", model: "gpt\u0000-4o" };
		const metadata = '{"user_api_key_team_alias": "a\\u0000b", "user_api_key_alias": "\\ud800x"}';
		await writeFile(path, `${JSON.stringify(record).replace(/}$/, `, "metadata": ${metadata}}`)}\n`);
		expect(await ingestWith(litellm, db, { path: [path] })).toMatchObject({ inserted: 1, rejected: 0 });
		expect(await db.query("SELECT model, metadata FROM llm_calls")).toEqual([
			{ model: "gpt-4o", metadata: { team: "ab", key_alias: "\ufffdx" } },
		]);
	});
});
