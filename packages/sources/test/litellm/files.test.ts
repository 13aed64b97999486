import { appendFile, mkdir, rename, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describeOnPostgres, temporaryDirectory } from "@tidemark/db/testing";
import { expect, it } from "vitest";
import { litellm } from "../../src/litellm/source.ts";
import { ingestWith, storedCalls } from "./ingest-files.ts";

const line = (index: number) =>
	JSON.stringify({
		request_id: `r-${index}`,
		spend: 0.01,
		startTime: `2026-07-25T11:00:0${index}Z`,
		status: "success",
	});

/** A file that nobody has written to for a while. */
async function restingFile(path: string, content: string | Buffer): Promise<string> {
	await writeFile(path, content);
	await utimes(path, 1_767_312_000, 1_767_312_000);
	return path;
}

describeOnPostgres("a log of LiteLLM", (open) => {
	const idsIn = async (db: Awaited<ReturnType<typeof open>>) =>
		(await storedCalls(db)).map(({ source_id }) => source_id);

	it("is read on where it has grown, and from the beginning where it was replaced", async () => {
		const db = await open();
		const path = join(temporaryDirectory(), "spend.jsonl");
		await writeFile(path, `${line(1)}\n`);
		await ingestWith(litellm, db, { path: [path] });
		await appendFile(path, `${line(2)}\n`);
		const grown = await ingestWith(litellm, db, { path: [path] });
		expect(grown.results[0]?.counts).toMatchObject({ read: 1, inserted: 1 });
		await writeFile(path, `${line(3)}\n${line(4)}\n${line(5)}\n`);
		const replaced = await ingestWith(litellm, db, { path: [path] });
		expect(replaced.said).toEqual([expect.stringContaining("was replaced or edited")]);
		expect(await idsIn(db)).toEqual(["r-1", "r-2", "r-3", "r-4", "r-5"]);
	});

	it("that ends within a record keeps it for later, and a whole record without a line end counts", async () => {
		const db = await open();
		const path = await restingFile(join(temporaryDirectory(), "spend.jsonl"), `${line(1)}\n${line(2).slice(0, 30)}`);
		const torn = await ingestWith(litellm, db, { path: [path] });
		expect([torn.inserted, torn.rejected]).toEqual([1, 0]);
		expect(torn.said.join()).toMatch(/:2: the last line is unfinished/);
		await appendFile(path, `${line(2).slice(30)}\n${line(3)}`);
		await utimes(path, 1_767_312_000, 1_767_312_000);
		expect((await ingestWith(litellm, db, { path: [path] })).inserted).toBe(2);
		expect((await ingestWith(litellm, db, { path: [path] })).results[0]?.counts.read).toBe(0);
		expect(await idsIn(db)).toEqual(["r-1", "r-2", "r-3"]);
	});

	it("may be a list on one line or many, indented, compressed, and in folders and globs", async () => {
		const db = await open();
		const folder = temporaryDirectory();
		await mkdir(join(folder, "team [a]"), { recursive: true });
		const values = [1, 2, 3].map((index) => JSON.parse(line(index)));
		await writeFile(join(folder, "one-line.json"), `[${line(1)},${line(2)}]\n`);
		await writeFile(join(folder, "a-line-each.json"), `[${line(3)},\n${line(4)}]\n`);
		await writeFile(join(folder, "indented.json"), `${JSON.stringify(values, null, 2)}\n`);
		await writeFile(
			join(folder, "single.json"),
			`${JSON.stringify(values[0], null, 2)}\n${JSON.stringify(values[1], null, 2)}\n`,
		);
		await writeFile(join(folder, "team [a]", "five.jsonl.gz"), gzipSync(`${line(5)}\n`));
		await writeFile(join(folder, "notes.txt"), "not a log");
		const ingested = await ingestWith(litellm, db, { path: [folder, join(folder, "*.json")] });
		expect(ingested.results).toHaveLength(5);
		expect(ingested.rejected).toBe(0);
		expect(await idsIn(db)).toEqual(["r-1", "r-2", "r-3", "r-4", "r-5"]);
	});

	it("that is a list is read again as a whole when it has changed", async () => {
		const db = await open();
		const path = join(temporaryDirectory(), "spend.json");
		await writeFile(path, `[\n${line(1)}\n]\n`);
		await ingestWith(litellm, db, { path: [path] });
		await writeFile(path, `[\n${line(1)},\n${line(2)}\n]\n`);
		expect((await ingestWith(litellm, db, { path: [path] })).results[0]?.counts).toMatchObject({
			inserted: 1,
			unchanged: 1,
		});
		await appendFile(path, `${line(3)}\n`);
		expect((await ingestWith(litellm, db, { path: [path] })).inserted).toBe(1);
	});

	it("adds nothing under another name", async () => {
		const db = await open();
		const folder = temporaryDirectory();
		const own = '{"timestamp": "2026-07-25T11:00:00Z", "model": "gpt-4o", "prompt_tokens": 5}';
		await writeFile(join(folder, "today.jsonl"), `${line(1)}\n${own}\n`);
		await ingestWith(litellm, db, { path: [folder] });
		await rename(join(folder, "today.jsonl"), join(folder, "2026-07-25.jsonl"));
		expect((await ingestWith(litellm, db, { path: [folder] })).results[0]?.counts).toMatchObject({
			read: 2,
			unchanged: 2,
		});
	});

	it("is shaped by the repository of those that name none, and read again under another", async () => {
		const db = await open();
		const path = join(temporaryDirectory(), "spend.jsonl");
		await writeFile(path, `${line(1)}\n`);
		await ingestWith(litellm, db, { path: [path], repo: "acme/api" });
		await ingestWith(litellm, db, { path: [path], repo: "acme/web" });
		expect(await storedCalls(db)).toMatchObject([{ repository: "acme/web" }]);
		await expect(ingestWith(litellm, db, { path: [path], repo: "../../etc" })).rejects.toThrow(/LITELLM_REPOSITORY/);
	});

	it("is tried again as a dead letter, and stored once its parser knows it", async () => {
		const db = await open();
		const path = join(temporaryDirectory(), "spend.jsonl");
		await writeFile(path, `${line(1)}\n`);
		const { defineSource } = await import("@tidemark/core");
		const { readClock } = await import("@tidemark/db");
		const unknowing = {
			...litellm,
			entry: {
				parse: () => {
					throw new Error("not yet known");
				},
			},
		};
		expect((await ingestWith(unknowing, db, { path: [path] })).rejected).toBe(1);
		expect(await defineSource(litellm).retry({ db, cut: null, clock: await readClock(db) })).toEqual({
			stored: 1,
			refused: 0,
		});
		expect(await idsIn(db)).toEqual(["r-1"]);
	});
});
