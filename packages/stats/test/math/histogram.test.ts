import { type Database, save } from "@tidemark/db";
import { describeOnBothEngines } from "@tidemark/db/testing";
import { array, assert, double, integer, property } from "fast-check";
import { describe, expect, it, test } from "vitest";
import {
	binInSql,
	buildHistogram,
	countValues,
	emptyHistogram,
	maxError,
	mergeHistograms,
	percentile,
} from "../../src/math/histogram.ts";
import { call } from "../calls/sample-calls.ts";
import { type Named, readJson } from "../read-json.ts";

/** From a nanosecond to a month of milliseconds, and 0. */
const value = double({ min: 1e-6, max: 3e9, noNaN: true }).map((value) => (value < 2e-6 ? 0 : value));
const values = array(value, { minLength: 1, maxLength: 200 });
const share = integer({ min: 0, max: 100 }).map((percent) => percent / 100);

describe("percentiles of a histogram", () => {
	it("are those of the values themselves, as percentile_cont has them, to one percent", async () => {
		await assert(
			property(values, share, (values, share) => {
				const exact = interpolate(values, share);
				const found = percentile(buildHistogram(values), share) ?? Number.NaN;
				expect(Math.abs(found - exact)).toBeLessThanOrEqual(exact * maxError * (1 + 1e-9));
			}),
		);
	});

	it("are the same however the values are split into parts and in whichever order these are merged", async () => {
		await assert(
			property(array(values, { minLength: 1, maxLength: 6 }), share, (parts, share) => {
				const histograms = parts.map(buildHistogram);
				const whole = percentile(buildHistogram(parts.flat()), share);
				expect(percentile(mergeHistograms(histograms), share)).toBe(whole);
				expect(percentile(mergeHistograms(histograms.toReversed()), share)).toBe(whole);
			}),
		);
	});

	it("are exact for one value and for two", async () => {
		await assert(
			property(value, value, share, (one, other, share) => {
				expect(percentile(buildHistogram([one]), share)).toBe(one);
				const [low, high] = [Math.min(one, other), Math.max(one, other)];
				expect(percentile(buildHistogram([one, other]), share)).toBe(low + (high - low) * share);
			}),
		);
	});

	it("grow with the share and stay between the smallest and the largest value", async () => {
		await assert(
			property(values, share, share, (values, one, other) => {
				const histogram = buildHistogram(values);
				const low = percentile(histogram, Math.min(one, other)) ?? Number.NaN;
				const high = percentile(histogram, Math.max(one, other)) ?? Number.NaN;
				expect(low).toBeGreaterThanOrEqual(Math.min(...values));
				expect(high).toBeLessThanOrEqual(Math.max(...values));
				expect(low).toBeLessThanOrEqual(high * (1 + 1e-12));
			}),
		);
	});

	it("are not known of nothing", () => {
		expect(percentile(emptyHistogram, 0.5)).toBeNull();
		expect(percentile(mergeHistograms([]), 0.5)).toBeNull();
		expect(countValues(mergeHistograms([emptyHistogram, buildHistogram([0, 0, 1])]))).toBe(3);
	});
});

/** The definition of percentile_cont. */
function interpolate(values: readonly number[], share: number): number {
	const sorted = values.toSorted((one, other) => one - other);
	const rank = share * (sorted.length - 1);
	const [below = 0, above = 0] = [sorted[Math.floor(rank)], sorted[Math.ceil(rank)]];
	return below + (above - below) * (rank - Math.floor(rank));
}

describeOnBothEngines("the bin of a value", (open) => {
	test("is the same in SQL", async () => {
		const db = await open();
		const values = [0, 5e-324, 1e-9, 0.5, 1, 1.005, 14, 60, 999.5, 123_456.789, 3e9, 1e300];
		const rows = await db.query<{ bin: number }>(
			`SELECT ${binInSql("value")} AS bin FROM unnest($1::float8[]) WITH ORDINALITY AS v (value, n) ORDER BY n`,
			[`{${values.join(",")}}`],
		);
		expect(rows.map(({ bin }) => bin)).toEqual(values.map((value) => buildHistogram([value]).bins[0]?.[0]));
	});
});

describeOnBothEngines("median and 95th percentile of the durations of calls", (open) => {
	/** The same on every run, between 0 and 1. */
	function pseudoRandom(index: number): number {
		return Math.abs(Math.sin(index * 12.9898) * 43758.5453) % 1;
	}

	test("are less than one percent off, in total and by group, without durations that cannot be", async () => {
		const db: Database = await open();
		const durations = Array.from({ length: 2000 }, (_, index) => Math.exp(2 + 8 * pseudoRandom(index)));
		const at = "2026-02-01T00:00:00Z";
		await save(db, {
			llm_calls: [
				...durations.map((durationMs, index) => call(at, { durationMs, model: `model-${index % 7}` })),
				...[0, 0, 0].map((durationMs) => call(at, { durationMs, model: "instant" })),
				...[-5, Number.NaN, Number.POSITIVE_INFINITY].map((durationMs) =>
					call(at, { durationMs, model: "broken clock" }),
				),
				call(at, { durationMs: 1e20, model: "broken clock" }),
			],
		});
		const { llm } = await readJson(db, { since: "2026-01-01T00:00:00Z", by: "model" });
		const known = [...durations, 0, 0, 0];
		const offBy = (found: number, exact: number) => (exact === 0 ? found : Math.abs(found / exact - 1));
		const check = (group: Named, values: readonly number[]) => {
			expect(offBy(Number(group.duration_p50_ms), interpolate(values, 0.5))).toBeLessThan(0.01);
			if (values.length < 20) return;
			expect(offBy(Number(group.duration_p95_ms), interpolate(values, 0.95))).toBeLessThan(0.01);
		};
		check(llm.total, known);
		for (const group of llm.groups) {
			const index = Number(/^model-(\d)$/.exec(String(group.name))?.[1]);
			if (group.name === "instant") expect(group).toMatchObject({ duration_p50_ms: 0, duration_known: 3 });
			else if (group.name === "broken clock") expect(group).toMatchObject({ duration_p50_ms: null, duration_known: 0 });
			else
				check(
					group,
					durations.filter((_, each) => each % 7 === index),
				);
		}
	});
});
