import { type Database, save } from "@tidemark/db";
import { describeOnBothEngines } from "@tidemark/db/testing";
import { beforeAll, describe, expect, test } from "vitest";
import { addToBin, type Histogram, lowestBin, percentileOf } from "../../src/calls/histogram.ts";
import { mostExact, readPercentiles } from "../../src/calls/percentiles.ts";
import { call } from "./sample-calls.ts";

const period = { since: "2026-01-01T00:00:00Z", until: null, zone: "UTC" };
const byModel = { sql: "model", parameters: [] };

/** The same on every run, between 0 and 1. */
function pseudoRandom(index: number): number {
	return Math.abs(Math.sin(index * 12.9898) * 43758.5453) % 1;
}

function offBy(guessed = Number.NaN, exact = Number.NaN): number {
	return exact === 0 ? guessed : Math.abs(guessed / exact - 1);
}

describeOnBothEngines("median and 95th percentile of durations", (open) => {
	let db: Database;

	beforeAll(async () => {
		db = await open();
		const durations = Array.from({ length: 2000 }, (_, index) => Math.exp(2 + 8 * pseudoRandom(index)));
		await save(db, {
			llm_calls: [
				...durations.map((durationMs, index) =>
					call("2026-02-01T00:00:00Z", { durationMs, model: `model-${index % 7}` }),
				),
				...[0, 0, 0].map((durationMs) => call("2026-02-01T00:00:00Z", { durationMs, model: "instant" })),
				...[1, 2, 3, 4].map((durationMs) => call("2026-02-01T00:00:00Z", { durationMs, model: "few" })),
				...[-5, Number.NaN, Number.POSITIVE_INFINITY].map((durationMs) => {
					return call("2026-02-01T00:00:00Z", { durationMs, model: "broken clock" });
				}),
			],
		});
	});

	test("are interpolated between neighbours", async () => {
		const { groups } = await readPercentiles(db, period, byModel, 1);
		expect(groups.get("few")?.p50).toBe(2.5);
		expect(groups.get("few")?.p95).toBeCloseTo(3.85, 9);
	});

	test("are read off a histogram where there are very many, less than one percent off", async () => {
		const exact = await readPercentiles(db, period, byModel, mostExact);
		const approximate = await readPercentiles(db, period, byModel, mostExact + 1);
		expect([exact.relativeError, approximate.relativeError]).toEqual([0, 0.01]);
		expect([...approximate.groups.keys()].sort()).toEqual([...exact.groups.keys()].sort());
		const pairs = [...exact.groups].map(([key, found]) => [found, approximate.groups.get(key)]);
		for (const [found, guessed] of [[exact.total, approximate.total], ...pairs]) {
			expect(offBy(guessed?.p50, found?.p50)).toBeLessThan(0.01);
			expect(offBy(guessed?.p95, found?.p95)).toBeLessThan(0.01);
		}
	});

	test("leave out durations that cannot be", async () => {
		for (const calls of [1, mostExact + 1]) {
			const { groups } = await readPercentiles(db, period, byModel, calls);
			expect(groups.has("broken clock")).toBe(false);
			expect(groups.get("instant")).toMatchObject({ p50: 0, p95: 0 });
		}
	});

	test("are not known where there are no durations", async () => {
		for (const calls of [1, mostExact + 1]) {
			const later = { ...period, since: "2027-01-01T00:00:00Z" };
			expect(await readPercentiles(db, later, byModel, calls)).toMatchObject({ total: null, groups: new Map() });
		}
	});
});

describe("a histogram", () => {
	test("gives any single value back to one percent, from a nanosecond to a month", () => {
		for (let milliseconds = 1e-6; milliseconds < 3e9; milliseconds *= 1.37) {
			const histogram: Histogram = new Map();
			addToBin(histogram, Math.ceil(Math.log(milliseconds) / Math.log(1.01)), 1);
			expect(Math.abs(percentileOf(histogram, 0.95) / milliseconds - 1)).toBeLessThan(0.01);
		}
	});

	test("interpolates between bins as percentile_cont does between values", () => {
		const histogram: Histogram = new Map();
		addToBin(histogram, lowestBin, 1);
		addToBin(histogram, 0, 1);
		const one = percentileOf(histogram, 1);
		expect(percentileOf(histogram, 0)).toBe(0);
		expect(percentileOf(histogram, 0.25)).toBeCloseTo(0.25 * one, 12);
	});
});
