import { expect, test } from "vitest";
import { type Column, createPainter, cutEnd, cutStart, flowParts, formatTable, measureWidth } from "../src/index.ts";

test("East Asian characters and emoji take two columns, accents and colours none", () => {
	expect(["gpt-5", "通义千问", "a🚀", "e\u0301", "👩‍👩‍👧", "🇩🇪", "…─▁"].map(measureWidth)).toEqual([
		5, 8, 3, 1, 2, 2, 3,
	]);
	expect(measureWidth(createPainter(true)("red", "red"))).toBe(3);
});

test("a text is cut between the characters a person sees, and shows that something is missing", () => {
	expect(cutEnd("claude-opus-4", 8)).toBe("claude-…");
	expect(cutEnd("通义千问", 6)).toBe("通义…");
	expect(cutEnd("🚀🚀🚀", 3)).toBe("🚀…");
	expect(cutEnd("👩‍👩‍👧👩‍👩‍👧", 3)).toBe("👩‍👩‍👧…");
	expect(cutEnd("two words", 5)).toBe("two…");
	expect([cutEnd("short", 5), cutEnd("short", 1), cutEnd("short", 0)]).toEqual(["short", "…", ""]);
	expect([cutStart("logs/usage.csv", 10), cutStart("千问/🚀", 4), cutStart("short", 5)]).toEqual([
		...["…usage.csv", "…/🚀", "short"],
	]);
});

test("parts fill lines and are never torn apart", () => {
	expect(flowParts(["one", "two", "three"], 9)).toEqual(["one · two", "three"]);
	expect(flowParts(["much too long"], 6)).toEqual(["much…"]);
	expect(flowParts([], 6)).toEqual([]);
});

interface Model {
	readonly name: string;
	readonly calls: number;
	readonly path: string;
}

const models: readonly Model[] = [
	{ name: "通义千问", calls: 1200, path: "logs/of/the/gateway/usage.csv" },
	{ name: "gpt-5", calls: 7, path: "a.csv" },
];

const columns = [
	{ title: "Model", align: "left", text: ({ name }: Model) => name, weight: 3 },
	{ title: "Calls", align: "right", text: ({ calls }: Model) => String(calls), weight: 2 },
	{ title: "File", align: "left", text: ({ path }: Model) => path, weight: 1, minWidth: 10, keepsEnd: true },
] as const;

test("a table aligns what it shows by what a terminal draws", () => {
	expect(`\n${formatTable(columns, models, { width: 80 })}`).toBe(`
  Model     Calls  File
  ────────  ─────  ─────────────────────────────
  通义千问   1200  logs/of/the/gateway/usage.csv
  gpt-5         7  a.csv`);
});

test("a table that is too wide cuts long texts first and then leaves out columns", () => {
	expect(`\n${formatTable(columns, models, { width: 32 })}`).toBe(`
  Model     Calls  File
  ────────  ─────  ─────────────
  通义千问   1200  …ay/usage.csv
  gpt-5         7  a.csv`);
	expect(formatTable(columns, models, { width: 20 })).not.toContain("File");
	for (let width = 4; width < 60; width++) {
		const lines = formatTable(columns, models, { width, paint: createPainter(true) }).split("\n");
		expect(Math.max(...lines.map(measureWidth)), `at ${width}`).toBeLessThanOrEqual(width);
	}
});

test("a table of columns without weights still leaves one column", () => {
	const plain = columns.map(({ title, align, text }) => ({ title, align, text }));
	expect(formatTable(plain, models, { width: 8 }).split("\n")[0]).toBe("  Model");
});

test("colours are of the text, not of the space beside it", () => {
	const red: Column<number>[] = [{ title: "Calls", align: "right", text: String, style: () => "red" }];
	expect(formatTable(red, [7], { width: 20, paint: (style, text) => `<${style}>${text}</>` })).toBe(
		"  <bold>Calls</>\n  ─────\n      <red>7</>",
	);
});
