import { type Database, type Row, save, writeDeadLetters } from "@tidemark/db";
import { describeOnBothEngines } from "@tidemark/db/testing";
import { measureWidth } from "@tidemark/text";
import { beforeAll, describe, expect, test } from "vitest";
import {
	type Document,
	type Grouping,
	readOverview,
	renderCsv,
	renderJson,
	renderMarkdown,
	renderTerminal,
} from "../../src/index.ts";
import { call } from "../calls/sample-calls.ts";
import { hostileNames } from "./hostile-names.ts";

const since = "2026-02-01T00:00:00.000000Z";
const zone = "Europe/Berlin";

/** Two weeks of a small team, the same on every run. */
function twoWeeks(): Row<"llm_calls">[] {
	const callsOfDay = [31, 44, 52, 38, 20, 0, 3, 47, 61, 58, 66, 29];
	const opus = { model: "claude-opus-4", usd: 0.09, seconds: 14 };
	const mini = { model: "gpt-5-mini", usd: 0.0021, seconds: 1.4 };
	const models = [mini, opus, mini, { model: "gemini-2.5-pro", usd: 0.031, seconds: 6 }, opus, mini];
	const house = { model: "house-model", usd: undefined, seconds: 0.35 };
	let index = 0;
	return callsOfDay.flatMap((calls, day) =>
		Array.from({ length: calls }, (_, ofDay) => {
			index++;
			const { model, usd, seconds } = (day > 6 && ofDay % 9 === 0 ? house : models[index % models.length]) ?? house;
			const cost = usd?.toFixed(9);
			return call(new Date(Date.UTC(2026, 1, 2 + day, 7 + (ofDay % 11), ofDay % 60)).toISOString(), {
				model,
				developer: index % 10 === 0 ? null : `dev-${(index + day) % 4}`,
				...(cost && (index % 4 === 0 ? { reportedCost: cost } : { estimatedCost: cost })),
				inputTokens: 1200 + ((index * 37) % 900),
				outputTokens: 200 + ((index * 53) % 400),
				...(model.startsWith("claude") && { cacheReadTokens: 700 + (index % 100), cacheWriteTokens: index % 90 }),
				...(index % 12 !== 0 && { success: (index * 7) % 31 !== 0 }),
				durationMs: seconds * (500 + ((index * 97) % 1000)),
			});
		}),
	);
}

async function fill(db: Database, calls: Row<"llm_calls">[]): Promise<void> {
	await save(db, { llm_calls: calls });
	await db.query(`INSERT INTO ingestions (id, source, target, started_at, finished_at, outcome, message,
read, inserted, updated, unchanged, expired, skipped, rejected) VALUES
('1', 'portkey', 'acme', '2026-02-14T06:00:02Z', '2026-02-14T06:00:41Z', 'done', NULL, 418, 300, 2, 116, 0, 0, 0),
('2', 'csv', 'logs/usage.csv', '2026-02-14T06:00:41Z', '2026-02-14T06:00:42Z', 'partial', '3 entries were rejected', 121, 118, 0, 0, 0, 0, 3),
('3', 'github:runs', 'acme/shop', '2026-02-14T06:00:42Z', NULL, NULL, NULL, 0, 0, 0, 0, 0, 0, 0),
('4', 'litellm', 'http://localhost:4000', '2026-02-13T06:00:02Z', '2026-02-13T06:00:04Z', 'failed', 'Nothing answers at localhost:4000: the connection was refused.', 0, 0, 0, 0, 0, 0, 0)`);
	await writeDeadLetters(
		db,
		["17", "52", "90"].map((line) => ({ source: "csv", target: "logs/usage.csv", at: line, reason: "no number" })),
		"2026-02-14T06:00:42.000000Z",
	);
}

describeOnBothEngines("what is printed of calls", (open) => {
	let db: Database;

	describe("about two weeks of calls", () => {
		beforeAll(async () => {
			db = await open();
			await fill(db, twoWeeks());
		});

		for (const [by, width] of [
			["model", 80],
			["model", 120],
			["day", 120],
			["developer", 80],
		] as const) {
			test(`by ${by} fits a terminal of ${width} columns`, async () => {
				const text = renderTerminal(await readOverview(db, { since, zone, by }), { width, color: false });
				expect(widest(text)).toBeLessThanOrEqual(width);
				await expect(text).toMatchFileSnapshot(`../golden/terminal-by-${by}-${width}.txt`);
			});
		}

		test("in Markdown, CSV and JSON says the same", async () => {
			const seen = await readOverview(db, { since, zone, by: "model" });
			await expect(renderMarkdown(seen)).toMatchFileSnapshot("../golden/markdown-by-model.txt");
			await expect(renderCsv(seen)).toMatchFileSnapshot("../golden/csv-by-model.txt");
			await expect(renderJson(seen)).toMatchFileSnapshot("../golden/json-by-model.txt");
		});

		test("without groups is one block of figures and one row of CSV", async () => {
			const seen = await readOverview(db, { since });
			await expect(renderTerminal(seen, { width: 80, color: false })).toMatchFileSnapshot("../golden/terminal-80.txt");
			await expect(renderCsv(seen)).toMatchFileSnapshot("../golden/csv-total.txt");
		});

		test("never exceeds the width it is given, with or without colours", async () => {
			for (const by of [undefined, "day", "model", "developer"] as const) {
				const seen = await readOverview(db, { since, zone, by });
				for (const width of [20, 21, 33, 40, 47, 60, 79, 80, 81, 99, 100, 101, 120, 160]) {
					for (const color of [false, true]) {
						expect(widest(renderTerminal(seen, { width, color })), `${by} at ${width}`).toBeLessThanOrEqual(width);
					}
				}
			}
		});

		test("has colours only where they are wanted", async () => {
			const seen = await readOverview(db, { since, by: "model" });
			expect(renderTerminal(seen, { width: 80, color: false })).not.toContain("\u001b");
			expect(renderTerminal(seen, { width: 80, color: true })).toContain("\u001b[1mLLM calls by model\u001b[22m");
		});

		test("says where to look when the period holds no calls", async () => {
			const seen = await readOverview(db, { since: "2026-03-01T00:00:00Z", by: "model" });
			const words = "No LLM calls since 2026-03-01; the newest is from 2026-02-13: try --since 2026-02-01";
			expect(renderTerminal(seen, { width: 120, color: false })).toContain(words);
			expect(renderMarkdown(seen)).toContain(words);
			expect(renderCsv(seen).split("\n")).toHaveLength(1);
		});
	});

	test("when nothing is stored at all says how to begin", async () => {
		const seen = await readOverview(await open(), { since });
		await expect(renderTerminal(seen, { width: 80, color: false })).toMatchFileSnapshot("../golden/terminal-empty.txt");
		expect(JSON.parse(renderJson(seen)).llm.total).toMatchObject({ calls: 0, success_rate: null, cost_usd: null });
	});

	describe("about hostile names", () => {
		let seen: Document;

		beforeAll(async () => {
			db = await open();
			await save(db, {
				llm_calls: hostileNames.map((model, index) => call(`2026-02-0${1 + (index % 9)}T00:00:00Z`, { model })),
			});
			seen = await readOverview(db, { since, by: "model" });
		});

		test("cannot steer the terminal or break its table", async () => {
			for (const width of [40, 80, 120]) {
				const text = renderTerminal(seen, { width, color: false });
				expect(text).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u);
				expect(widest(text)).toBeLessThanOrEqual(width);
			}
			await expect(renderTerminal(seen, { width: 80, color: false })).toMatchFileSnapshot(
				"../golden/terminal-hostile-80.txt",
			);
		});

		test("add no cell, tag, link, emphasis or mention to Markdown", async () => {
			const text = renderMarkdown(seen);
			const tables = text.split("\n\n").filter((block) => block.startsWith("|"));
			for (const table of tables) {
				expect(new Set(table.split("\n").map((row) => row.split("|").length)).size).toBe(1);
			}
			expect(text).not.toMatch(/<[a-z/]/i);
			await expect(text).toMatchFileSnapshot("../golden/markdown-hostile.txt");
		});

		test("are no formulas in CSV and survive quoting", async () => {
			const text = renderCsv(seen);
			expect(text).not.toMatch(/^"?[=+\-@\t\r]/m);
			expect(text).not.toContain("\u001b");
			expect(text).toContain('"\'=HYPERLINK(""http://evil.example"",""click"")",1,');
			expect(text).toContain('"two\r\nlines ""quoted""",1,');
		});

		test("are themselves again when the JSON is parsed, but hold nothing a terminal would obey", () => {
			const text = renderJson(seen);
			expect(text).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u);
			const names = JSON.parse(text).llm.groups.map(({ name }: { name: string }) => name);
			expect(names.sort()).toEqual([...hostileNames].sort());
		});
	});

	test("of very many groups shows the dearest in the terminal and all of them elsewhere", async () => {
		db = await open();
		const calls = Array.from({ length: 60 }, (_, index) =>
			call(new Date(Date.UTC(2026, 1, 1 + index)).toISOString(), { model: `m${index}`, reportedCost: `${index}` }),
		);
		await save(db, { llm_calls: calls });
		const shown = async (by: Grouping) => {
			const seen = await readOverview(db, { since, by });
			expect(renderCsv(seen).split("\n")).toHaveLength(61);
			return renderTerminal(seen, { width: 80, color: false });
		};
		const models = await shown("model");
		expect(models).toContain("and 20 more; --json and --csv have all of them");
		expect([models.includes(" m59 "), models.includes(" m20 "), models.includes(" m19 ")]).toEqual([true, true, false]);
		const days = await shown("day");
		expect(days).toContain("and 20 earlier days; --json and --csv have all of them");
		expect([days.includes("2026-04-01"), days.includes("2026-02-20")]).toEqual([true, false]);
	});
});

function widest(text: string): number {
	return Math.max(...text.split("\n").map(measureWidth));
}
