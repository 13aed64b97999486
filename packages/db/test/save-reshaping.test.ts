import { expect, test } from "vitest";
import { save } from "../src/save.ts";
import { describeOnBothEngines } from "../src/testing/describe-on-engines.ts";
import { emptyTables } from "../src/testing/index.ts";
import { call, coverage } from "./sample-rows.ts";

const inUtc = "2026-01-02T03:00:00.000000Z";
const inBerlin = "2026-01-02T02:00:00.000000Z";

describeOnBothEngines("saving under other settings", (open) => {
	const db = emptyTables(open);
	const calls = () =>
		db().query("SELECT timestamp, source, source_id AS id FROM llm_calls ORDER BY timestamp, source, source_id");

	test("moves a row to its new time instead of storing it twice", async () => {
		await save(db(), { llm_calls: [call({ timestamp: inUtc })] });
		const saved = await save(db(), { llm_calls: [call({ timestamp: inBerlin })] }, { reshaping: true });
		expect(saved).toEqual({ inserted: 0, updated: 1, unchanged: 0 });
		expect(await calls()).toEqual([{ timestamp: inBerlin, source: "sample", id: "1" }]);
	});

	test("stores a second row when nothing is said of other settings", async () => {
		await save(db(), { llm_calls: [call({ timestamp: inUtc })] });
		const saved = await save(db(), { llm_calls: [call({ timestamp: inBerlin })] });
		expect(saved).toEqual({ inserted: 1, updated: 0, unchanged: 0 });
		expect(await calls()).toHaveLength(2);
	});

	test("leaves rows that did not move, and rows that only look alike", async () => {
		const others = [call({ timestamp: inUtc, source: "other" }), call({ timestamp: inUtc, sourceId: "2" })];
		const stays = call({ timestamp: inUtc, sourceId: "3" });
		await save(db(), { llm_calls: [call({ timestamp: inUtc }), stays, ...others] });
		const fresh = call({ timestamp: inBerlin, sourceId: "4" });
		const rows = [call({ timestamp: inBerlin }), stays, fresh];
		expect(await save(db(), { llm_calls: rows }, { reshaping: true })).toEqual({
			inserted: 1,
			updated: 1,
			unchanged: 1,
		});
		expect(await calls()).toEqual([
			{ timestamp: inBerlin, source: "sample", id: "1" },
			{ timestamp: inBerlin, source: "sample", id: "4" },
			{ timestamp: inUtc, source: "other", id: "1" },
			{ timestamp: inUtc, source: "sample", id: "2" },
			{ timestamp: inUtc, source: "sample", id: "3" },
		]);
	});

	test("removes the old row if the new one is stored already, and counts nothing twice", async () => {
		await save(db(), { llm_calls: [call({ timestamp: inUtc }), call({ timestamp: inBerlin })] });
		const saved = await save(db(), { llm_calls: [call({ timestamp: inBerlin })] }, { reshaping: true });
		expect(saved).toEqual({ inserted: 0, updated: 0, unchanged: 1 });
		expect(await calls()).toEqual([{ timestamp: inBerlin, source: "sample", id: "1" }]);
	});

	test("writes nothing when it is repeated", async () => {
		const rows = { llm_calls: [call({ timestamp: inUtc })], coverage_snapshots: [coverage()] };
		await save(db(), rows);
		expect(await save(db(), rows, { reshaping: true })).toEqual({ inserted: 0, updated: 0, unchanged: 2 });
	});
});
