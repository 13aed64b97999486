import { expect, test } from "vitest";
import { count, duration, money, percentage, plural, size } from "../../src/render/numbers.ts";

const sizes = [0, 1, 999, 999.6, 1000, 18_149_000, 999_949_999, 999_950_000, 7e12];

test("sizes have three significant digits and never read 1000k", () => {
	expect(sizes.map(size)).toEqual(["0", "1", "999", "1.00k", "1.00k", "18.1M", "1.00B", "1.00B", "7.00T"]);
	expect(size(null)).toBe("–");
});

test("money keeps its cents, but not where there are thousands of dollars, and two digits where it is tiny", () => {
	const amounts = [0, 12.344, 9_999.99, 10_000, 1_234_567.8, 0.0042, 0.000_000_7, 0.01];
	expect(amounts.map(money)).toEqual([
		...["$0.00", "$12.34", "$9,999.99", "$10,000", "$1,234,568", "$0.0042", "$0.00000070", "$0.01"],
	]);
	expect(money(null)).toBe("–");
});

test("durations are told in the unit a person would choose", () => {
	const durations = [0, 0.4, 12.34, 850, 999.4, 999.6, 1234, 59_949, 59_951, 3_596_000, 3_600_000, 12_240_000];
	expect(durations.map(duration)).toEqual([
		...["0 ms", "0.40 ms", "12.3 ms", "850 ms", "999 ms", "1.0 s", "1.2 s", "59.9 s", "1.0 min", "59.9 min"],
		...["1.0 h", "3.4 h"],
	]);
	expect(duration(null)).toBe("–");
});

test("a rate reads 100 % only where everything succeeded, and 0 % only where nothing did", () => {
	expect([1, 0.9999, 0.96, 0.0001, 0].map(percentage)).toEqual(["100.0 %", ">99.9 %", "96.0 %", "<0.1 %", "0.0 %"]);
	expect(percentage(null)).toBe("–");
});

test("counts are grouped by thousands and agree with their noun", () => {
	expect(count(1234567)).toBe("1,234,567");
	expect([plural(1, "call"), plural(2, "call"), plural(0, "entry", "entries")]).toEqual([
		"1 call",
		"2 calls",
		"0 entries",
	]);
});
