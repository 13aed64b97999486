import { expect, it } from "vitest";
import { save } from "../src/index.ts";
import { describeOnBothEngines } from "../src/testing/index.ts";

const at = (second: number) => `2026-01-01T00:00:0${second}.000000Z`;
const call = (sourceId: string, second: number, outputTokens: number) => ({
	timestamp: at(second),
	source: "agents",
	sourceId,
	outputTokens,
});

describeOnBothEngines("calls that come several times with moving times", (open) => {
	it("stay one row at their first time, with the latest values", async () => {
		const db = await open();
		await save(db, { llm_calls: [call("m1", 1, 10), call("m2", 2, 5)] }, { keepsTimes: true });
		const again = await save(db, { llm_calls: [call("m1", 4, 30), call("m3", 5, 7)] }, { keepsTimes: true });
		expect(again).toEqual({ inserted: 1, updated: 1, unchanged: 0 });
		expect(await db.query("SELECT timestamp, output_tokens AS tokens FROM llm_calls ORDER BY source_id")).toEqual([
			{ timestamp: at(1), tokens: 30 },
			{ timestamp: at(2), tokens: 5 },
			{ timestamp: at(5), tokens: 7 },
		]);
	});

	it("are one row also if all of it comes in one batch", async () => {
		const db = await open();
		const saved = await save(
			db,
			{ llm_calls: [call("m1", 1, 10), call("m1", 2, 20), call("m1", 3, 30)] },
			{ keepsTimes: true },
		);
		expect(saved).toEqual({ inserted: 1, updated: 0, unchanged: 0 });
		expect(await db.query("SELECT timestamp, output_tokens AS tokens FROM llm_calls")).toEqual([
			{ timestamp: at(1), tokens: 30 },
		]);
	});
});
