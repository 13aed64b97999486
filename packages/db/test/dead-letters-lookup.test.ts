import { expect, test } from "vitest";
import {
	countDeadLetters,
	findDeadLetter,
	listDeadLetters,
	purgeDeadLetters,
	writeDeadLetters,
} from "../src/dead-letters.ts";
import { describeOnBothEngines } from "../src/testing/describe-on-engines.ts";
import { emptyTables } from "../src/testing/index.ts";

const sources = ["github:runs", "github:jobs", "githubby", "csv", "%"];

const now = "2026-08-31T12:00:00.000000Z";

describeOnBothEngines("dead letters", (open) => {
	const db = emptyTables(open);

	async function oneOfEachSource(): Promise<void> {
		for (const [index, source] of sources.entries()) {
			await writeDeadLetters(db(), [{ source, target: "t", at: String(index), reason: "r", entry: index }], now);
			// Apart in time, however coarse the clock is.
			await db().query("UPDATE dead_letters SET created_at = $2::timestamptz WHERE source = $1", [
				source,
				`2026-01-0${index + 1}T00:00:00Z`,
			]);
		}
	}

	const listed = async (source: string | undefined, limit = 100) =>
		(await listDeadLetters(db(), { source, limit })).map((letter) => letter.source);

	test("are listed newest first", async () => {
		await oneOfEachSource();
		expect(await listed(undefined)).toEqual(["%", "csv", "githubby", "github:jobs", "github:runs"]);
		expect(await listed(undefined, 2)).toEqual(["%", "csv"]);
	});

	test("are listed by source, where github means all of its parts", async () => {
		await oneOfEachSource();
		expect(await listed("github")).toEqual(["github:jobs", "github:runs"]);
		expect(await listed("github:runs")).toEqual(["github:runs"]);
		expect(await listed("%")).toEqual(["%"]);
		expect(await listed("git")).toEqual([]);
	});

	test("are counted by source", async () => {
		await oneOfEachSource();
		const counts = await countDeadLetters(db());
		expect(counts).toHaveLength(5);
		expect(counts).toContainEqual({ source: "csv", count: 1 });
	});

	test("are found by as much of the id as is unique", async () => {
		const insert = `INSERT INTO dead_letters (id, source, target, at, reason, retryable, created_at)
SELECT id, 's', 't', id, 'r', true, now() FROM unnest($1::text[]) AS id`;
		await db().query(insert, ["{abc1,abc2,bcd,a_c}"]);
		expect(await findDeadLetter(db(), "abc1")).toMatchObject({ id: "abc1" });
		expect(await findDeadLetter(db(), "b")).toMatchObject({ id: "bcd" });
		expect(await findDeadLetter(db(), "a_")).toMatchObject({ id: "a_c" });
		expect(await findDeadLetter(db(), "abc")).toBeUndefined();
		expect(await findDeadLetter(db(), "x")).toBeUndefined();
		expect(await findDeadLetter(db(), "")).toBeUndefined();
	});

	test("are purged by source, or all", async () => {
		await oneOfEachSource();
		expect(await purgeDeadLetters(db(), "github")).toBe(2);
		expect(await listed(undefined)).toEqual(["%", "csv", "githubby"]);
		expect(await purgeDeadLetters(db(), "nothing")).toBe(0);
		expect(await purgeDeadLetters(db(), undefined)).toBe(3);
		expect(await listed(undefined)).toEqual([]);
	});
});
