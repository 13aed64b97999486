import { expect, test } from "vitest";
import { readErrorCode } from "../src/errors.ts";
import { save } from "../src/save.ts";
import type { Rows } from "../src/table.ts";
import { tableNames } from "../src/tables.gen.ts";
import { describeOnBothEngines } from "../src/testing/describe-on-engines.ts";
import { emptyTables } from "../src/testing/index.ts";
import { call, coverage, job, run } from "./sample-rows.ts";

const inEveryTable: Rows = {
	llm_calls: [
		call({ sourceId: "1", reportedCost: "0.25", success: true, durationMs: 12.5, metadata: { a: [1, null] } }),
		call({ sourceId: "2", inputTokens: 7 }),
	],
	coverage_snapshots: [coverage({ lineCoverage: 0.1 })],
	workflow_jobs: [job({ labels: ["ubuntu-latest"], steps: [] })],
	workflow_runs: [run({ githubUpdatedAt: "2026-01-02T03:05:00.000000Z", completedAt: "2026-01-02T03:05:00.000000Z" })],
};

const refused: readonly [string, string, Rows][] = [
	["an amount too large for its column", "22003", { llm_calls: [call({ estimatedCost: "100000" })] }],
	["a number beyond 64 bits", "22003", { llm_calls: [call({ inputTokens: 2 ** 63 })] }],
	["a day that does not exist", "22008", { llm_calls: [call({ timestamp: "2026-02-30T00:00:00.000000Z" })] }],
	["half a token", "22P02", { llm_calls: [call({ inputTokens: 0.5 })] }],
	["values nested too deeply", "54001", { llm_calls: [call({ metadata: nested(100_000) })] }],
	// A source in plain JavaScript, or one that trusts its input, may hand this over.
	["a missing repository", "23502", { workflow_runs: [run(JSON.parse('{ "repository": null }'))] }],
];

function nested(depth: number): unknown {
	return JSON.parse("[".repeat(depth) + "]".repeat(depth));
}

describeOnBothEngines("save", (open) => {
	const db = emptyTables(open);

	/** Changes when a row is written again, even with equal values. */
	const traces = () =>
		db().query(
			tableNames
				.map(
					(table) =>
						`SELECT '${table}', ctid::text, xmin::text, changed_at, pg_relation_size('${table}') FROM ${table}`,
				)
				.join(" UNION ALL ")
				.concat(" ORDER BY 1, 2"),
		);

	const stamps = () =>
		db().query<{ id: string; ingested: string; changed: string }>(
			"SELECT source_id AS id, ingested_at AS ingested, changed_at AS changed FROM llm_calls ORDER BY id",
		);

	test("inserts new rows, updates those that differ and leaves equal ones alone", async () => {
		const [one, two, three] = [call({ sourceId: "1" }), call({ sourceId: "2" }), call({ sourceId: "3" })];
		expect(await save(db(), { llm_calls: [one, two] })).toEqual({ inserted: 2, updated: 0, unchanged: 0 });
		expect(await save(db(), { llm_calls: [one, { ...two, model: "a-model" }, three] })).toEqual({
			inserted: 1,
			updated: 1,
			unchanged: 1,
		});
		expect(await db().query("SELECT source_id, model FROM llm_calls ORDER BY source_id")).toEqual([
			{ source_id: "1", model: null },
			{ source_id: "2", model: "a-model" },
			{ source_id: "3", model: null },
		]);
	});

	test("writes nothing when the same rows are saved again", async () => {
		expect(await save(db(), inEveryTable)).toEqual({ inserted: 5, updated: 0, unchanged: 0 });
		const before = await traces();
		expect(before).toHaveLength(5);
		expect(await save(db(), inEveryTable)).toEqual({ inserted: 0, updated: 0, unchanged: 5 });
		expect(await traces()).toEqual(before);
	});

	test("notes when a row changed, and keeps when it first came", async () => {
		const rows = [call({ sourceId: "1" }), call({ sourceId: "2" })];
		await save(db(), { llm_calls: rows });
		const [first, second] = await stamps();
		await save(db(), { llm_calls: rows.map((row) => (row.sourceId === "2" ? { ...row, success: false } : row)) });
		const [firstAgain, secondAgain] = await stamps();
		expect(first?.changed).toBe(first?.ingested);
		expect(firstAgain).toEqual(first);
		expect(secondAgain?.ingested).toBe(second?.ingested);
		expect(String(secondAgain?.changed) > String(second?.changed)).toBe(true);
	});

	test("stores more rows than one statement takes", async () => {
		const rows = Array.from({ length: 12_001 }, (_, index) => call({ sourceId: String(index) }));
		expect(await save(db(), { llm_calls: rows })).toEqual({ inserted: 12_001, updated: 0, unchanged: 0 });
		expect(await db().query("SELECT count(*) AS count FROM llm_calls")).toEqual([{ count: 12_001 }]);
		rows.reverse();
		expect(await save(db(), { llm_calls: rows })).toEqual({ inserted: 0, updated: 0, unchanged: 12_001 });
	});

	test("does nothing without rows", async () => {
		expect(await save(db(), {})).toEqual({ inserted: 0, updated: 0, unchanged: 0 });
		expect(await save(db(), { llm_calls: [] })).toEqual({ inserted: 0, updated: 0, unchanged: 0 });
	});

	test.each(refused)("refuses %s with SQLSTATE %s, and the rows beside it", async (_, sqlState, rows) => {
		const beside = { coverage_snapshots: [coverage()], ...rows };
		const error = await db()
			.transaction((tx) => save(tx, beside))
			.catch((reason: unknown) => reason);
		expect(readErrorCode(error)).toBe(sqlState);
		expect(await traces()).toEqual([]);
	});
});
