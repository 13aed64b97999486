import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Database, save } from "@tidemark/db";
import { describeOnBothEngines } from "@tidemark/db/testing";
import { beforeAll, describe, expect, it, test } from "vitest";
import { callFigures } from "../../src/figures/calls.ts";
import type { Figure } from "../../src/figures/figure.ts";
import { ciFigures } from "../../src/figures/runs.ts";
import {
	families,
	readOverview,
	readWeek,
	renderCsv,
	renderJson,
	renderMarkdown,
	renderTerminal,
} from "../../src/index.ts";
import { formatCell } from "../../src/render/format.ts";
import { call } from "../calls/sample-calls.ts";
import { attempt, job, shop } from "../ci/sample-runs.ts";

const minuteMs = 60_000;

/** Four thousand calls of which one failed, and fifty runs with two jobs each, in the six days before now. */
async function fillLastDays(db: Database): Promise<void> {
	const ago = (minutes: number) => new Date(Date.now() - minutes * minuteMs).toISOString();
	const runs = Array.from({ length: 50 }, (_, index) => {
		const runCreatedAt = ago(30 + index * 150);
		const conclusion = index % 9 === 4 ? "failure" : "success";
		const measured = { durationSeconds: 300 + ((index * 37) % 400), queueSeconds: index % 30 };
		const first = attempt(index, conclusion, { runCreatedAt, completedAt: runCreatedAt, ...measured });
		const again = { ...first, runAttempt: 2, conclusion: "success" };
		return index % 18 === 4 ? [first, again] : [first];
	}).flat();
	await save(db, {
		repositories: [{ ...shop, visibility: "public" }],
		workflow_runs: runs,
		workflow_jobs: runs.flatMap(({ githubRunId, runAttempt, conclusion, queueSeconds }) => [
			job(githubRunId, 250, { runAttempt, conclusion, queueSeconds }),
			job(githubRunId, 500, { runAttempt, queueSeconds, labels: ["big-box"] }),
			job(githubRunId, 90, { runAttempt, queueSeconds, labels: ["macos-14-large"] }),
		]),
		llm_calls: Array.from({ length: 4000 }, (_, index) =>
			call(ago(10 + index * 2), {
				model: `model-${index % 3}`,
				success: index !== 1234,
				inputTokens: 1000 + index,
				outputTokens: index % 700,
				durationMs: 500 + ((index * 7919) % 30_011),
				...(index % 3 !== 2 && { reportedCost: (0.001 + (index % 13) / 1000).toFixed(9) }),
			}),
		),
	});
}

describeOnBothEngines("every figure", (open) => {
	let shown: Awaited<ReturnType<typeof showEverywhere>>;

	async function showEverywhere(db: Database) {
		const week = await readWeek(db);
		const { since } = week.overview.data.period as { since: string };
		const overview = await readOverview(db, { since });
		const [columns = "", values = ""] = renderCsv(overview).split("\n");
		return {
			terminal: renderTerminal(overview, { width: 160, color: false }),
			markdown: renderMarkdown(overview).replaceAll("\u00a0", " "),
			json: JSON.parse(renderJson(overview)),
			csv: Object.fromEntries(columns.split(",").map((name, index) => [name, values.split(",")[index]])),
			week: renderMarkdown(week).replaceAll("\u00a0", " "),
			folded: renderMarkdown(week.overview).replaceAll("\u00a0", " "),
		};
	}

	beforeAll(async () => {
		const db = await open();
		await fillLastDays(db);
		shown = await showEverywhere(db);
	});

	function check(part: "ci" | "llm", figures: readonly Figure<never>[]): void {
		const total = shown.json[part].total;
		for (const { name, label, short = label, unit, beside, isDataOnly, isWeekly } of figures) {
			expect(total, name).toHaveProperty(name);
			if (unit === "outcomes") continue;
			expect(shown.csv[`${part}_${name}`], name).toBe(String(total[name] ?? ""));
			const words = formatCell({ value: total[name] }, unit, "UTC").replaceAll("$", "\\$&").replaceAll(".", "\\.");
			const isLine = !beside && !isDataOnly;
			if (isLine) {
				expect(shown.terminal).toMatch(new RegExp(`^ {2}${short} +(≥ )?${words}( |$)`, "m"));
				expect(shown.markdown).toMatch(new RegExp(`^\\| \\*\\*${short}\\*\\* \\| (≥ )?${words} \\|`, "m"));
				expect(shown.folded).toMatch(new RegExp(`^\\| \\*\\*${short}\\*\\* \\| (≥ )?${words} \\|`, "m"));
			}
			const isCompared = (isLine || isWeekly) && total[name] !== null && (unit === "rate" || total[name] !== 0);
			if (isCompared) expect(shown.week).toMatch(new RegExp(`^\\| ${label} \\| \\*\\*(≥ )?${words}\\*\\* \\|`, "m"));
		}
	}

	test("of calls is the same to the digit in terminal, Markdown, JSON, CSV and the summary of a week", () => {
		check("llm", callFigures);
		expect(shown.terminal).toMatch(/^ {2}Success +>99\.9 %/m);
		expect(shown.week).toContain("| Success | **>99.9 %** |");
	});

	test("of runs is the same to the digit in terminal, Markdown, JSON, CSV and the summary of a week", () => {
		check("ci", ciFigures);
	});

	test("that is a new entry of a list needs nothing else: cost per call", () => {
		const { cost_per_call_usd: value, cost_usd: cost, priced_calls: priced } = shown.json.llm.total;
		expect(value).toBe(cost / priced);
		expect(shown.csv.llm_cost_per_call_usd).toBe(String(value));
		for (const text of [shown.terminal, shown.markdown, shown.week, shown.folded])
			expect(text).toContain("Cost per call");
		const source = fileURLToPath(new URL("../../../", import.meta.url));
		const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((path) =>
			/^\w+\/src\/.*\.ts$/.test(path.replaceAll("\\", "/")),
		);
		const naming = files.filter((path) => /cost.?per.?call/i.test(readFileSync(join(source, path), "utf8")));
		expect(naming.map((path) => path.replaceAll("\\", "/"))).toEqual(["stats/src/figures/calls.ts"]);
	});
});

describe("the lists of figures", () => {
	it("name each figure once in its family, and what stands beside another beside one that is there", () => {
		const all = families.flatMap(({ figures }) => figures);
		for (const { title, figures } of families) {
			const names = figures.flatMap(({ name, n }) => (n?.name ? [name, n.name] : [name]));
			expect(new Set(names).size, title).toBe(names.length);
			for (const name of names) expect(name).toMatch(/^[a-z][a-z0-9_]*$/);
		}
		for (const { name, beside } of all) {
			if (beside)
				expect(
					all.map((figure) => figure.name),
					name,
				).toContain(beside[0]);
		}
	});
});
