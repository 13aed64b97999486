import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { readClock, startClock } from "../src/clock.ts";
import { describeOnBothEngines } from "../src/testing/describe-on-engines.ts";

describeOnBothEngines("the clock of an invocation", (open) => {
	test("shows the database's time", async () => {
		const db = await open();
		const before = Date.now();
		const clock = await readClock(db);
		expect(Date.parse(clock.start)).toBeGreaterThanOrEqual(before - 1);
		expect(Date.parse(clock.start)).toBeLessThanOrEqual(Date.now() + 1);
		expect(Math.abs(clock.aheadMs)).toBeLessThan(60_000);
	});
});

test("a clock starts at a given moment, and goes on from there", async () => {
	const clock = startClock("2024-02-29T23:59:59.999500Z");
	expect(clock).toMatchObject({ start: "2024-02-29T23:59:59.999500Z", aheadMs: 0 });
	await sleep(20);
	const now = clock.now();
	expect(now).toMatch(/^2024-03-01T00:0\d:\d{2}\.\d{6}Z$/);
	expect(clock.now() >= now).toBe(true);
});
