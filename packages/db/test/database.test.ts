import { describe, expect, test } from "vitest";
import { formatInstant } from "../src/database.ts";
import { readErrorCode } from "../src/errors.ts";
import { migrate } from "../src/migrate.ts";
import { openPostgres } from "../src/postgres.ts";
import { save } from "../src/save.ts";
import { describeOnBothEngines } from "../src/testing/describe-on-engines.ts";
import { createPostgresDatabase } from "../src/testing/postgres-database.ts";
import { call } from "./sample-rows.ts";

describe("formatInstant", () => {
	test.each([
		["2026-02-23 22:19:28+00", "2026-02-23T22:19:28.000000Z"],
		["2026-02-23 22:19:28.5+00", "2026-02-23T22:19:28.500000Z"],
		["2026-02-23 22:19:28.000001+00", "2026-02-23T22:19:28.000001Z"],
		["2026-01-01 00:10:00.123456+05:45", "2025-12-31T18:25:00.123456Z"],
		["2025-12-31 23:30:00-08", "2026-01-01T07:30:00.000000Z"],
		["2026-01-01 00:00:00-03:30", "2026-01-01T03:30:00.000000Z"],
	])("reads %s", (text, instant) => {
		expect(formatInstant(text)).toBe(instant);
	});

	test.each(["infinity", "0044-03-15 00:00:00+00 BC"])("leaves %s, which has no canonical form", (text) => {
		expect(formatInstant(text)).toBe(text);
	});
});

describeOnBothEngines("a database", (open) => {
	test("hands over every type in use alike", async () => {
		const db = await open({ migrated: false });
		const [row] = await db.query(
			`SELECT '2026-02-23 22:19:28.5Z'::timestamptz AS instant, 1.50::numeric(14,9) AS money, 9007199254740991 AS big,
7 AS whole, 0.1::float8 AS fraction, true AS yes, false AS no, '{"a": [1, null]}'::jsonb AS json, '"x"'::jsonb AS json_text,
'null'::jsonb AS json_null, 'text' AS text, NULL::timestamptz AS nothing`,
		);
		expect(row).toEqual({
			instant: "2026-02-23T22:19:28.500000Z",
			money: "1.500000000",
			big: 9_007_199_254_740_991,
			whole: 7,
			fraction: 0.1,
			yes: true,
			no: false,
			json: { a: [1, null] },
			json_text: "x",
			json_null: null,
			text: "text",
			nothing: null,
		});
	});

	test("takes every kind of parameter", async () => {
		const db = await open({ migrated: false });
		const [row] = await db.query(
			`SELECT $1::boolean AS yes, $2::boolean AS no, $3::boolean AS yes_text, $4::bigint AS big, $5::jsonb AS json,
$6::timestamptz AS instant, $7::text AS nothing, $8::float8 AS fraction`,
			[true, false, "true", 9_007_199_254_740_991, '{"a":1}', "2026-02-23T22:19:28.500000Z", null, 0.1],
		);
		expect(row).toEqual({
			yes: true,
			no: false,
			yes_text: true,
			big: 9_007_199_254_740_991,
			json: { a: 1 },
			instant: "2026-02-23T22:19:28.500000Z",
			nothing: null,
			fraction: 0.1,
		});
	});

	test("keeps what a transaction wrote, unless it fails", async () => {
		const db = await open();
		const kept = await db.transaction(async (tx) => [await save(tx, { llm_calls: [call()] })]);
		expect(kept).toEqual([{ inserted: 1, updated: 0, unchanged: 0 }]);
		const failing = db.transaction(async (tx) => {
			await save(tx, { llm_calls: [call({ sourceId: "2" })] });
			throw new Error("out of ideas");
		});
		await expect(failing).rejects.toThrow("out of ideas");
		expect(await db.query("SELECT source_id FROM llm_calls")).toEqual([{ source_id: "1" }]);
	});

	test("does not pretend to have committed when a failed statement was ignored", async () => {
		const db = await open();
		const careless = db.transaction(async (tx) => {
			await save(tx, { llm_calls: [call()] });
			await tx.query("SELECT 1/0").catch(() => undefined);
		});
		await expect(careless).rejects.toThrow();
		expect(await db.query("SELECT 1 FROM llm_calls")).toEqual([]);
	});
});

describe("a PostgreSQL with settings of its own", () => {
	test("gives and takes the same values as any other", async () => {
		const url = await createPostgresDatabase();
		const admin = await openPostgres(url);
		const name = new URL(url).pathname.slice(1);
		const settings = {
			TimeZone: "'Asia/Kathmandu'",
			DateStyle: "'German, DMY'",
			extra_float_digits: "0",
			default_transaction_isolation: "'serializable'",
		};
		for (const [setting, value] of Object.entries(settings)) {
			await admin.query(`ALTER DATABASE ${name} SET ${setting} = ${value}`);
		}
		await admin.close();
		const db = await openPostgres(url);
		try {
			await migrate(db);
			const row = call({ timestamp: "2026-01-01T23:30:00.000001Z", durationMs: 0.1 + 0.2 });
			await save(db, { llm_calls: [row] });
			expect(await db.query("SELECT timestamp, duration_ms FROM llm_calls")).toEqual([
				{ timestamp: row.timestamp, duration_ms: 0.1 + 0.2 },
			]);
			expect(await db.query("SELECT current_setting('transaction_isolation') AS isolation")).toEqual([
				{ isolation: "read committed" },
			]);
		} finally {
			await db.close();
		}
	});

	test("is used again after the server has ended a session", async () => {
		const url = await createPostgresDatabase();
		const [db, admin] = [await openPostgres(url), await openPostgres(url)];
		try {
			await migrate(db);
			const [session] = await db.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
			await admin.query("SELECT pg_terminate_backend($1::int, 5000)", [session?.pid ?? 0]);
			await db.query("SELECT 1").catch(() => undefined);
			expect(await db.query("SELECT 1 AS one")).toEqual([{ one: 1 }]);
		} finally {
			await db.close();
			await admin.close();
		}
	});

	test("stores nothing of a transaction whose session is ended half-way", async () => {
		const url = await createPostgresDatabase();
		const [db, admin] = [await openPostgres(url), await openPostgres(url)];
		try {
			await migrate(db);
			const cut = db.transaction(async (tx) => {
				await save(tx, { llm_calls: [call()] });
				const [session] = await tx.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
				await admin.query("SELECT pg_terminate_backend($1::int, 5000)", [session?.pid ?? 0]);
				// Must not go to a new session, where it would be stored on its own.
				await save(tx, { llm_calls: [call({ sourceId: "2" })] }).catch(() => undefined);
				await save(tx, { llm_calls: [call({ sourceId: "3" })] });
			});
			expect(readErrorCode(await cut.catch((error: unknown) => error))).toMatch(/^57P01$|^CONNECTION_|^ECONNRESET$/);
			expect(await db.query("SELECT 1 FROM llm_calls")).toEqual([]);
			expect(await db.transaction((tx) => save(tx, { llm_calls: [call()] }))).toMatchObject({ inserted: 1 });
		} finally {
			await db.close();
			await admin.close();
		}
	});
});
