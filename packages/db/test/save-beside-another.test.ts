import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "../src/database.ts";
import { migrate } from "../src/migrate.ts";
import { openPostgres } from "../src/postgres.ts";
import { save } from "../src/save.ts";
import type { Row } from "../src/table.ts";
import { createPostgresDatabase } from "../src/testing/postgres-database.ts";
import { random } from "./random.ts";
import { call } from "./sample-rows.ts";

describe("two writers on one PostgreSQL", () => {
	let one: Database;
	let other: Database;

	beforeAll(async () => {
		const url = await createPostgresDatabase();
		one = await openPostgres(url);
		other = await openPostgres(url);
		await migrate(one);
	});
	afterAll(async () => {
		await one.close();
		await other.close();
	});

	const saved = (db: Database, rows: Row<"llm_calls">[]) => db.transaction((tx) => save(tx, { llm_calls: rows }));
	const calls = (from: number, to: number, given: Partial<Row<"llm_calls">>) =>
		Array.from({ length: to - from }, (_, index) => call({ sourceId: String(from + index), ...given }));

	test("store overlapping rows in opposite order without a deadlock, and each row once", async () => {
		const { below } = random(11);
		for (let round = 0; round < 40; round++) {
			const [timestamp, shift] = [new Date(Date.UTC(2026, 0, 1, round)).toISOString(), below(200)];
			const [left, right] = await Promise.all([
				saved(one, calls(0, 400, { timestamp, model: "one" })),
				saved(other, calls(shift, 400 + shift, { timestamp, model: "other" }).reverse()),
			]);
			expect(left.inserted + right.inserted).toBe(400 + shift);
			expect(left.updated + right.updated).toBe(400 - shift);
		}
	});

	test("do not wait for each other for ever when their rows take several statements", async () => {
		for (const model of ["first", "second", "third"]) {
			const rows = calls(0, 12_000, { source: "large", model });
			const reversed = calls(0, 12_000, { source: "large", model: `${model} again` }).reverse();
			await Promise.all([saved(one, rows), saved(other, reversed)]);
		}
		expect(await one.query("SELECT count(*) AS count FROM llm_calls WHERE source = 'large'")).toEqual([
			{ count: 12_000 },
		]);
	});
});
