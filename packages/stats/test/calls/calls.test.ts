import { type Database, save, writeDeadLetters } from "@tidemark/db";
import { describeOnBothEngines } from "@tidemark/db/testing";
import { beforeAll, describe, expect, test } from "vitest";
import { type OverviewOptions, readOverview } from "../../src/index.ts";
import { about, pick, readJson } from "../read-json.ts";
import { call, exampleCalls } from "./sample-calls.ts";

const since = "2026-01-01T00:00:00.000000Z";

async function callsOf(db: Database, options: OverviewOptions) {
	return (await readJson(db, options)).llm;
}

describeOnBothEngines("the overview of calls", (open) => {
	let db: Database;

	describe("that are known completely, partly and not at all", () => {
		beforeAll(async () => {
			db = await open();
			const known = { model: "gpt-5", success: true, inputTokens: 100, outputTokens: 10, durationMs: 1000 };
			await save(db, {
				llm_calls: [
					call("2026-02-01T10:00:00Z", { ...known, estimatedCost: "0.100000000", cacheReadTokens: 60 }),
					call("2026-02-01T11:00:00Z", { ...known, estimatedCost: "0.100000000", reportedCost: "0.200000000" }),
					call("2026-02-03T12:00:00Z", { ...known, success: false, durationMs: 2000, reportedCost: "0.300000000" }),
					call("2026-02-05T13:00:00Z", { model: "house", durationMs: Number.NaN }),
					call("2026-02-05T14:00:00Z", { inputTokens: 5, durationMs: -1 }),
				],
			});
		});

		test("counts every call, and of every figure the calls behind it", async () => {
			const { total } = await callsOf(db, { since });
			expect(total).toMatchObject({
				calls: 5,
				...{ success_rate: 2 / 3, success_known: 3 },
				...{ input_tokens: 305, output_tokens: 30, cache_read_tokens: 60, cache_write_tokens: null },
				...{ duration_p50_ms: about(1000), duration_mean_ms: 1333.333, duration_known: 3 },
				oldest: "2026-02-01T10:00:00.000000Z",
				newest: "2026-02-05T14:00:00.000000Z",
			});
		});

		test("takes the reported cost before the estimate and leaves out what has no price", async () => {
			const { total } = await callsOf(db, { since });
			expect(total).toMatchObject({
				cost_usd: 0.6,
				priced_calls: 3,
				unpriced_calls: 2,
				reported_cost_usd: 0.5,
				reported_calls: 2,
				estimated_cost_usd: 0.1,
				estimated_calls: 1,
			});
		});

		test("knows no cost, rate or duration of a model about which nothing is said", async () => {
			const { groups } = await callsOf(db, { since, by: "model" });
			expect(groups.find(({ name }) => name === "house")).toMatchObject({
				calls: 1,
				...{ success_rate: null, success_known: 0 },
				...{ input_tokens: null, output_tokens: null },
				...{ cost_usd: null, priced_calls: 0, unpriced_calls: 1 },
				...{ duration_p50_ms: null, duration_p95_ms: null, duration_mean_ms: null, duration_known: 0 },
			});
		});

		test("puts the dearest group first, then the unpriced ones, one without a name among them", async () => {
			const { groups } = await callsOf(db, { since, by: "model" });
			expect(pick(groups, "name", "calls")).toEqual([
				["gpt-5", 3],
				[null, 1],
				["house", 1],
			]);
		});

		test("spreads calls and cost over every day from the first to the last, empty ones included", async () => {
			const { buckets, total, groups } = await callsOf(db, { since, by: "model" });
			expect(buckets).toMatchObject({ unit: "day", every: 1 });
			expect(buckets?.starts.map((start) => start.slice(0, 10))).toEqual([
				...["2026-02-01", "2026-02-02", "2026-02-03", "2026-02-04", "2026-02-05"],
			]);
			expect(total.trend).toEqual({ calls: [2, 0, 1, 0, 2], cost_usd: [0.3, 0, 0.3, 0, null] });
			expect(groups.find(({ name }) => name === "house")?.trend.calls).toEqual([0, 0, 0, 0, 1]);
		});

		test("lists days in their order, only those with calls", async () => {
			const { groups } = await callsOf(db, { since, by: "day" });
			expect(pick(groups, "name", "calls", "cost_usd")).toEqual([
				["2026-02-01", 2, 0.3],
				["2026-02-03", 1, 0.3],
				["2026-02-05", 2, null],
			]);
		});

		test("begins with the instant of `since` and ends before that of `until`", async () => {
			const { total } = await callsOf(db, { since: "2026-02-01T11:00:00Z", until: "2026-02-05T13:00:00Z" });
			expect(total.calls).toBe(2);
		});

		test("of a period without calls knows nothing, but says where the newest call is", async () => {
			const { total, groups, buckets, newest_ever } = await callsOf(db, { since: "2026-03-01T00:00:00Z", by: "model" });
			expect(total).toMatchObject({
				calls: 0,
				...{ success_rate: null, success_known: 0 },
				input_tokens: null,
				...{ cost_usd: null, unpriced_calls: 0 },
				...{ duration_p50_ms: null, duration_mean_ms: null },
				newest: null,
			});
			expect([groups, buckets, newest_ever]).toEqual([[], null, "2026-02-05T14:00:00.000000Z"]);
		});
	});

	describe("of the example's usage log", () => {
		beforeAll(async () => {
			db = await open();
			await save(db, { llm_calls: exampleCalls() });
		});

		test("adds up to what its own summary says", async () => {
			const { total } = await callsOf(db, { since });
			expect(total).toMatchObject({
				calls: 5,
				...{ success_rate: 0.8, success_known: 5 },
				...{ input_tokens: 9_800, output_tokens: 16_600 },
				...{ duration_p50_ms: about(95_000), duration_mean_ms: 95_000, duration_known: 5 },
			});
		});

		test("groups by phase", async () => {
			const { groups } = await callsOf(db, { since, by: "phase" });
			expect(pick(groups, "name", "calls")).toEqual([
				["execute", 3],
				["plan", 1],
				["quick", 1],
			]);
		});
	});

	describe("in a time zone", () => {
		beforeAll(async () => {
			db = await open();
			await save(db, {
				llm_calls: [
					// In Berlin, summer time ends on 25 October 2026: that day has 25 hours.
					...["2026-10-24T21:59:59.999999Z", "2026-10-24T22:00:00Z", "2026-10-24T23:30:00Z", "2026-10-25T22:59:00Z"],
					...["2026-10-25T23:00:00Z", "2026-10-28T12:00:00Z"],
				].map((timestamp) => call(timestamp, { durationMs: 1 })),
			});
		});

		test("counts a call at 23:30 UTC for the next day in Berlin, also on a day of 25 hours", async () => {
			const { groups } = await callsOf(db, { since, by: "day", zone: "Europe/Berlin" });
			expect(pick(groups, "name", "calls", "duration_known")).toEqual([
				["2026-10-24", 1, 1],
				["2026-10-25", 3, 3],
				["2026-10-26", 1, 1],
				["2026-10-28", 1, 1],
			]);
		});

		test("counts it for the same day in UTC", async () => {
			const { groups } = await callsOf(db, { since, by: "day" });
			expect(pick(groups, "name", "calls")).toEqual([
				["2026-10-24", 3],
				["2026-10-25", 2],
				["2026-10-28", 1],
			]);
		});

		test("cuts the trend at the zone's midnights", async () => {
			const { buckets, total } = await callsOf(db, { since, zone: "Europe/Berlin" });
			expect(buckets?.starts.slice(0, 3)).toEqual([
				"2026-10-23T22:00:00.000000Z",
				"2026-10-24T22:00:00.000000Z",
				"2026-10-25T23:00:00.000000Z",
			]);
			expect(total.trend.calls).toEqual([1, 3, 1, 0, 1]);
		});

		test("refuses what is not a zone, and offsets, which PostgreSQL reads the wrong way round", async () => {
			for (const zone of ["Berlin", "+02:00", "-01", ""]) {
				await expect(readOverview(db, { since, zone })).rejects.toThrow(`"${zone}" is not a time zone.`);
			}
		});
	});

	describe("of different lengths", () => {
		const spans = [
			{
				words: "a moment",
				from: "2026-05-01T00:00:00Z",
				to: "2026-05-01T00:00:00Z",
				unit: "minute",
				every: 1,
				buckets: 1,
			},
			{
				words: "20 minutes",
				from: "2026-05-01T00:00:30Z",
				to: "2026-05-01T00:20:30Z",
				unit: "minute",
				every: 1,
				buckets: 21,
			},
			{
				words: "two hours",
				from: "2026-05-01T00:00:00Z",
				to: "2026-05-01T02:00:00Z",
				unit: "minute",
				every: 5,
				buckets: 25,
			},
			{ words: "a day", from: "2026-05-01T00:00:00Z", to: "2026-05-01T23:59:59Z", unit: "hour", every: 1, buckets: 24 },
			{
				words: "three days",
				from: "2026-05-01T00:00:00Z",
				to: "2026-05-04T00:00:00Z",
				unit: "hour",
				every: 3,
				buckets: 25,
			},
			{
				words: "a month",
				from: "2026-05-01T00:00:00Z",
				to: "2026-05-31T23:59:59Z",
				unit: "day",
				every: 1,
				buckets: 31,
			},
			{
				words: "a year",
				from: "2026-01-01T00:00:00Z",
				to: "2026-12-31T23:59:59Z",
				unit: "day",
				every: 12,
				buckets: 31,
			},
		];

		for (const { words, from, to, unit, every, buckets } of spans) {
			test(`cuts ${words} into pieces of ${every} ${unit}`, async () => {
				db = await open();
				await save(db, { llm_calls: [call(from), call(to)] });
				const { buckets: cut, total } = await callsOf(db, { since });
				expect([cut?.unit, cut?.every, cut?.starts.length]).toEqual([unit, every, buckets]);
				expect(total.trend.calls).toHaveLength(buckets);
				expect([total.trend.calls[0], total.trend.calls.at(-1)]).toEqual(buckets === 1 ? [2, 2] : [1, 1]);
			});
		}
	});

	test("counts Havana's first hour of 1 November for that day, although its midnight comes twice", async () => {
		db = await open();
		const times = ["2026-11-01T03:59:59Z", "2026-11-01T04:00:00Z", "2026-11-01T04:59:59Z", "2026-11-02T04:59:59Z"];
		await save(db, { llm_calls: [...times, "2026-11-02T05:00:00Z"].map((time) => call(time)) });
		const { groups } = await callsOf(db, { since, by: "day", zone: "America/Havana" });
		expect(pick(groups, "name", "calls")).toEqual([
			["2026-10-31", 1],
			["2026-11-01", 3],
			["2026-11-02", 1],
		]);
	});

	test("puts calls into the zone's days also where the trend is cut at full hours of UTC", async () => {
		db = await open();
		await save(db, {
			llm_calls: [call("2026-05-01T18:20:00Z"), call("2026-05-01T18:29:59Z"), call("2026-05-01T18:30:00Z")],
		});
		const { buckets, total, groups } = await callsOf(db, { since, by: "day", zone: "Asia/Kolkata" });
		expect(pick(groups, "name", "calls")).toEqual([
			["2026-05-01", 2],
			["2026-05-02", 1],
		]);
		expect([buckets?.unit, total.trend.calls.filter((calls) => calls > 0)]).toEqual(["minute", [1, 1, 1]]);
	});

	test("says how far the data reach, what was ingested last and what was rejected", async () => {
		db = await open();
		const ingestion = `INSERT INTO ingestions (id, source, target, started_at, finished_at, outcome, message,
read, inserted, updated, unchanged, expired, skipped, rejected) VALUES`;
		const counts = "9, 8, 0, 0, 0, 0, 1";
		await db.query(`${ingestion}
('1', 'csv', 'a.csv', '2026-02-01T00:00:00Z', '2026-02-01T00:00:01Z', 'done', NULL, ${counts}),
('2', 'csv', 'a.csv', '2026-02-02T00:00:00Z', NULL, NULL, NULL, ${counts}),
('3', 'csv', 'b.csv', '2026-02-03T00:00:00Z', '2026-02-03T00:00:01Z', 'failed', 'Out of ink', ${counts})`);
		await writeDeadLetters(db, [{ source: "csv", target: "a.csv", at: "line 3", reason: "no number" }], since);
		const { llm, ingestions, dead_letters } = await readJson(db, { since });
		expect(llm.data_through).toBe("2026-02-01T00:00:01.000000Z");
		expect(pick(ingestions, "target", "outcome")).toEqual([
			["b.csv", "failed"],
			["a.csv", null],
		]);
		expect(dead_letters).toEqual([{ source: "csv", count: 1 }]);
		expect(llm.newest_ever).toBeNull();
	});
});
