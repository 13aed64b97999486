import { expect, test } from "vitest";
import {
	formatCount,
	formatDuration,
	formatElapsed,
	formatMoment,
	formatMoney,
	formatPercentage,
	formatSize,
	pluralize,
} from "../src/index.ts";

test("what is not known is a dash, everywhere", () => {
	const formats = [formatCount, formatSize, formatMoney, formatPercentage, formatDuration, formatElapsed];
	expect(formats.map((format) => format(null))).toEqual(["–", "–", "–", "–", "–", "–"]);
	expect([formatMoment(null, "UTC"), pluralize(null, "row")]).toEqual(["–", "– rows"]);
});

test("sizes have three significant digits and never read 1000k", () => {
	const sizes = [0, 1, 999, 999.6, 1000, 18_149_000, 999_949_999, 999_950_000, 7e12];
	expect(sizes.map(formatSize)).toEqual(["0", "1", "999", "1.00k", "1.00k", "18.1M", "1.00B", "1.00B", "7.00T"]);
});

test("money keeps its cents, but not thousands of dollars, and two digits of a tiny amount", () => {
	const amounts = [0, 12.344, 9_999.99, 9_999.996, 10_000, 1_234_567.8, 0.0042, 0.000_000_7, 0.01, -3.5, -0.0042];
	expect(amounts.map(formatMoney)).toEqual([
		...["$0.00", "$12.34", "$9,999.99", "$10,000", "$10,000", "$1,234,568", "$0.0042", "$0.00000070", "$0.01"],
		...["-$3.50", "-$0.0042"],
	]);
});

test("a rate reads 100 % only if everything succeeded, and 0 % only if nothing did", () => {
	const rates = [1, 3999 / 4000, 0.9995, 0.99949, 0.96, 0.0005, 0.0004, 0];
	expect(rates.map(formatPercentage)).toEqual([
		...["100.0 %", ">99.9 %", ">99.9 %", "99.9 %", "96.0 %", "0.1 %", "<0.1 %", "0.0 %"],
	]);
});

test("counts are grouped by thousands and agree with their noun", () => {
	expect([formatCount(1234567), formatCount(0.6)]).toEqual(["1,234,567", "1"]);
	const nouns = [pluralize(1, "call"), pluralize(2000, "call"), pluralize(0, "entry", "entries")];
	expect(nouns).toEqual(["1 call", "2,000 calls", "0 entries"]);
});

test("durations are in the unit a person would choose", () => {
	const durations = [0, 0.4, 12.34, 850, 999.4, 999.6, 1234, 42_000, 59_949, 59_951, 3_596_000, 3_600_000, 12_240_000];
	expect(durations.map(formatDuration)).toEqual([
		...["0 ms", "0.40 ms", "12.3 ms", "850 ms", "999 ms", "1.0 s", "1.2 s", "42 s", "59.9 s", "1.0 min", "59.9 min"],
		...["1.0 h", "3.4 h"],
	]);
	expect([47.94 * 3_600_000, 48 * 3_600_000, 5 * 86_400_000].map(formatDuration)).toEqual(["47.9 h", "2.0 d", "5.0 d"]);
});

test("an elapsed time never reads 60 s", () => {
	const spans = [0, 400, 59_940, 59_960, 119_700, 125_000, 3_661_000];
	expect(spans.map(formatElapsed)).toEqual([
		...["0.0 s", "0.4 s", "59.9 s", "1 min 0 s", "2 min 0 s", "2 min 5 s", "61 min 1 s"],
	]);
});

test("moments are those of the zone", () => {
	const instant = "2026-02-23T22:19:59.999999Z";
	expect(formatMoment(instant, "UTC")).toBe("2026-02-23 22:19");
	expect(formatMoment(instant, "Asia/Kathmandu")).toBe("2026-02-24 04:04");
	expect(formatMoment("2026-02-23T00:00:00.000000Z", "UTC")).toBe("2026-02-23 00:00");
});
