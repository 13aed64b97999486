import { expect, test } from "vitest";
import { growth } from "../../src/documents/comparison.ts";
import { formatCell } from "../../src/render/format.ts";

const format = (value: number | string | null, unit: Parameters<typeof formatCell>[1]) =>
	formatCell({ value }, unit, "UTC");

test("a change says how much a figure grew, in percent or in percentage points", () => {
	expect(format(growth(120, 100), "change")).toBe("+20 %");
	expect(format(0.5 - 0.75, "points")).toBe("−25.0 pp");
	expect(format(growth(1000.1, 1000), "change")).toBe("±0 %");
	expect(format(growth(3, 0), "change")).toBe("new");
	expect(format(null, "change")).toBe("");
});

test("a value is written in the unit of its figure", () => {
	expect([14.06, 9.97, 9.04, 720, 0].map((seconds) => format(seconds, "seconds"))).toEqual([
		"14 s",
		"10 s",
		"9.0 s",
		"12.0 min",
		"0 s",
	]);
	expect([format(2.5, "hours"), format(1.5, "minutes"), format(1.4, "whole minutes")]).toEqual([
		"2.5 h",
		"1.5 min",
		"1",
	]);
	expect([format(null, "usd"), format(null, "name"), format("", "name")]).toEqual(["–", "(none)", "(empty)"]);
	expect(format("2026-02-01T10:30:00Z", "instant")).toBe("2026-02-01 10:30");
	expect(formatCell({ value: 3, isAtLeast: true, words: "(4)" }, "usd", "UTC")).toBe("≥ $3.00 (4)");
});
