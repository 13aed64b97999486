import { type Database, save } from "@tidemark/db";
import { describeOnBothEngines } from "@tidemark/db/testing";
import { measureWidth } from "@tidemark/text";
import { beforeAll, describe, expect, test } from "vitest";
import { type Document, readOverview, renderCsv, renderJson, renderMarkdown, renderTerminal } from "../../src/index.ts";
import { call } from "../calls/sample-calls.ts";
import { attempt, job } from "../ci/sample-runs.ts";
import { hostileNames } from "./hostile-names.ts";
import { fillTwoRepositories } from "./two-repositories.ts";

const since = "2026-02-01T00:00:00.000000Z";
const zone = "Europe/Berlin";

describeOnBothEngines("what is printed of CI", (open) => {
	let db: Database;

	describe("about two repositories", () => {
		beforeAll(async () => {
			db = await open();
			await fillTwoRepositories(db);
		});

		for (const [by, width] of [
			[undefined, 80],
			[undefined, 120],
			["workflow", 120],
			["day", 80],
			["runner", 80],
			["repository", 120],
		] as const) {
			test(`${by ? `by ${by}` : "without groups"} fits a terminal of ${width} columns`, async () => {
				const text = renderTerminal(await readOverview(db, { since, zone, by }), { width, color: false });
				expect(widest(text)).toBeLessThanOrEqual(width);
				await expect(text).toMatchFileSnapshot(`../golden/ci-terminal${by ? `-by-${by}` : ""}-${width}.txt`);
			});
		}

		test("in Markdown and JSON says the same", async () => {
			const seen = await readOverview(db, { since, zone });
			await expect(renderMarkdown(seen)).toMatchFileSnapshot("../golden/ci-markdown.txt");
			await expect(renderJson(seen)).toMatchFileSnapshot("../golden/ci-json.txt");
		});

		for (const by of [undefined, "workflow", "runner", "day"] as const) {
			test(`as CSV ${by ? `by ${by}` : "without groups"} has one row for each ${by ?? "overview"}`, async () => {
				const text = renderCsv(await readOverview(db, { since, zone, by }));
				await expect(text).toMatchFileSnapshot(`../golden/ci-csv${by ? `-by-${by}` : ""}.txt`);
			});
		}

		test("never exceeds the width it is given, with or without colours", async () => {
			for (const by of [undefined, "day", "workflow", "runner", "repository"] as const) {
				const seen = await readOverview(db, { since, zone, by });
				for (const width of [20, 21, 33, 47, 60, 79, 99, 100, 160]) {
					for (const color of [false, true]) {
						expect(widest(renderTerminal(seen, { width, color })), `${by} at ${width}`).toBeLessThanOrEqual(width);
					}
				}
			}
		});

		test("stands beside the calls, each part with its own grouping", async () => {
			await save(db, { llm_calls: [call("2026-02-03T10:00:00Z", { model: "gpt-5" })] });
			const titles = async (by?: "day" | "model" | "workflow") =>
				renderMarkdown(await readOverview(db, { since, by })).match(/(?<=^### ).*/gm);
			expect(await titles()).toEqual(["CI", "LLM calls"]);
			expect(await titles("day")).toEqual(["CI by day", "LLM calls by day"]);
			expect(await titles("workflow")).toEqual(["CI by workflow", "LLM calls"]);
			expect(await titles("model")).toEqual(["CI", "LLM calls by model"]);
		});
	});

	test("says where the runs are that the period lacks, beside the calls it has", async () => {
		db = await open();
		await save(db, {
			workflow_runs: [attempt(1, "success", { runCreatedAt: "2026-01-15T00:00:00Z" })],
			llm_calls: [call("2026-02-03T10:00:00Z")],
		});
		const text = renderTerminal(await readOverview(db, { since }), { width: 100, color: false });
		expect(text).toContain("No CI runs since 2026-02-01; the newest is from 2026-01-15: try --since 2026-01-01");
		expect(text).not.toMatch(/^CI/m);
	});

	test("knows nothing of red and green where no run is of a default branch", async () => {
		db = await open();
		await save(db, { workflow_runs: [attempt(1, "failure")] });
		const text = renderTerminal(await readOverview(db, { since }), { width: 100, color: false });
		expect(text).toMatch(/Red now +– {2}no result on a default branch/);
	});

	test("lists the ten workflows with the most runs, and says how many there are besides", async () => {
		db = await open();
		const runs = Array.from({ length: 12 }, (_, index) =>
			Array.from({ length: 12 - index }, (_, run) =>
				attempt(100 * index + run, "success", { workflowId: index, workflowName: `flow-${index}.` }),
			),
		);
		await save(db, { workflow_runs: runs.flat() });
		const shown = renderTerminal(await readOverview(db, { since }), { width: 100, color: false });
		expect(shown).toContain("and 2 more; --by workflow shows them");
		expect([shown.includes("flow-9."), shown.includes("flow-10.")]).toEqual([true, false]);
		const asked = renderTerminal(await readOverview(db, { since, by: "workflow" }), { width: 100, color: false });
		expect(asked).toContain("flow-11.");
	});

	describe("about hostile names", () => {
		let seen: Document;

		beforeAll(async () => {
			db = await open();
			await save(db, {
				repositories: [{ repositoryId: 1, repository: "<b>acme/|shop|</b>", defaultBranch: "main" }],
				workflow_runs: hostileNames.flatMap((name, id) => [
					attempt(id, name || "odd", { workflowId: id, workflowName: name, runAttempt: 3 }),
					attempt(id, "success", {
						workflowId: id,
						workflowName: name,
						runAttempt: 2,
						completedAt: "2026-02-02T11:00:00Z",
					}),
					attempt(id, "failure", { workflowId: id, workflowName: name, completedAt: "2026-02-02T10:00:00Z" }),
				]),
				workflow_jobs: hostileNames.flatMap((name, id) => [
					job(id, 60, { jobName: name, conclusion: "failure", labels: [name] }),
					job(id, 60, { jobName: name, runAttempt: 2, labels: [name] }),
				]),
			});
			seen = await readOverview(db, { since });
		});

		test("cannot steer the terminal or break its table", () => {
			for (const width of [40, 80, 120]) {
				const text = renderTerminal(seen, { width, color: false });
				expect(text).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u);
				expect(widest(text)).toBeLessThanOrEqual(width);
			}
		});

		test("add no cell, tag, link, emphasis or mention to Markdown", () => {
			const text = renderMarkdown(seen);
			expect(text).not.toMatch(/<[a-z/]/i);
			expect(text).not.toMatch(/(?<!\w)@\w|\*\*bold|\[x\]|`code/);
			const tables = text.split("\n\n").filter((block) => block.startsWith("|"));
			for (const table of tables) {
				expect(new Set(table.split("\n").map((row) => row.split("|").length)).size).toBe(1);
			}
		});

		test("are no formulas in CSV", async () => {
			for (const by of ["workflow", "runner", "repository"] as const) {
				const text = renderCsv(await readOverview(db, { since, by }));
				expect(text).not.toMatch(/(^|,)"?[=+@\t\r]/m);
				expect(text).not.toContain("\u001b");
			}
		});

		test("are themselves again when the JSON is parsed, but hold nothing a terminal would obey", () => {
			const text = renderJson(seen);
			expect(text).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u);
			const names = JSON.parse(text).ci.workflows.map(({ workflow }: { workflow: string }) => workflow);
			expect(names.sort()).toEqual([...hostileNames].sort());
		});
	});
});

function widest(text: string): number {
	return Math.max(...text.split("\n").map(measureWidth));
}
