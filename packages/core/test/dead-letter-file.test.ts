import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Database, listDeadLetters } from "@tidemark/db";
import { temporaryDirectory } from "@tidemark/db/testing";
import { expect, it } from "vitest";
import { describeOnEmptiedDatabase } from "../src/testing/describe-on-emptied-database.ts";
import { ingest } from "./scripted/ingest.ts";
import { calls, scripted } from "./scripted/scripted-source.ts";

const partlyBad = [...calls(3), { id: "bad", at: "no time" }, { id: 7 }];

async function linesOf(path: string): Promise<unknown[]> {
	const text = await readFile(path, "utf8");
	return text
		.trimEnd()
		.split("\n")
		.map((line) => JSON.parse(line));
}

async function lettersOf(db: Database) {
	return (await listDeadLetters(db, { limit: 100 })).toSorted((left, right) => (left.at < right.at ? -1 : 1));
}

describeOnEmptiedDatabase("a folder for dead letters", (open) => {
	it("gets each of them as a line, just as the table keeps it", async () => {
		const db = await open();
		const deadLetterDirectory = join(temporaryDirectory(), "dead", "letters");
		await ingest(scripted({ entries: partlyBad }), db, { deadLetterDirectory });
		const lines = await linesOf(join(deadLetterDirectory, "scripted.jsonl"));
		expect(lines).toHaveLength(2);
		expect(lines).toEqual(await lettersOf(db));
	});

	it("gets no second line if the same entry is read again, and none of a dry run", async () => {
		const db = await open();
		const deadLetterDirectory = temporaryDirectory();
		const source = scripted({ entries: partlyBad });
		await ingest(source, db, { deadLetterDirectory, dryRun: true });
		for (const _ of ["once", "twice"]) {
			await db.query("DELETE FROM checkpoints");
			await ingest(source, db, { deadLetterDirectory });
		}
		expect(await linesOf(join(deadLetterDirectory, "scripted.jsonl"))).toHaveLength(2);
	});

	it("holds an entry that is too large only as far as the table does", async () => {
		const db = await open();
		const deadLetterDirectory = temporaryDirectory();
		const entries = [{ id: 7, words: "x".repeat(200_000) }];
		await ingest(scripted({ entries }), db, { deadLetterDirectory });
		const [line] = await linesOf(join(deadLetterDirectory, "scripted.jsonl"));
		expect(line).toEqual((await lettersOf(db))[0]);
		expect(JSON.stringify(line).length).toBeLessThan(70_000);
	});

	it("is named if it cannot be written to, and what was good is stored", async () => {
		const db = await open();
		const deadLetterDirectory = join(temporaryDirectory(), "taken");
		await writeFile(deadLetterDirectory, "a file, not a folder");
		const { result } = await ingest(scripted({ entries: partlyBad }), db, { deadLetterDirectory });
		expect(result.outcome).toBe("failed");
		expect(String(result.error)).toContain(deadLetterDirectory);
		const [count] = await db.query<{ count: number }>("SELECT count(*)::int AS count FROM llm_calls");
		expect(count?.count).toBeGreaterThan(0);
		expect(await lettersOf(db)).not.toHaveLength(0);
	});

	it("goes by names that every file system allows", async () => {
		const db = await open();
		const deadLetterDirectory = temporaryDirectory();
		await ingest(scripted({ name: "family:member", entries: [{ id: 7 }] }), db, { deadLetterDirectory });
		expect(await linesOf(join(deadLetterDirectory, "family-member.jsonl"))).toHaveLength(1);
	});
});
