import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createPostgresDatabase, temporaryDirectory } from "@tidemark/db/testing";
import { describe, expect, it } from "vitest";
import { fitting } from "../src/summary/write-summary.ts";
import { addRuns, githubOfToday } from "./busy-github.ts";
import { runAction } from "./run-action.ts";

const hostile =
	"a | b\n## h <img src=x onerror=alert(1)> </details> @octocat #12 [x](http://evil.example) www.evil.example `c` $x$ **b** ::error::x";

describe("the job summary", () => {
	it("shows the names of workflows as they are, and nothing begins in them", async () => {
		await using github = await githubOfToday();
		addRuns(github.addRepository("acme/app"), { runs: 10, days: 6, workflow: hostile });
		const ended = await runAction({
			inputs: { "database-url": await createPostgresDatabase() },
			environment: { GITHUB_API_URL: github.url },
		});
		expect(ended.code).toBe(0);
		expect(ended.summary).toContain("&#60;img src=x onerror=alert(1)&#62; &#60;/details&#62; @\u200boctocat");
		expect(ended.summary).not.toContain("<img");
		expect(ended.summary).not.toMatch(/@octocat|\[x\]\(|http:\/\/|www\.evil|^## h/m);
		expect(ended.log).not.toMatch(/^::error/m);
	});

	it("compares the week with the one before, and charts its days", async () => {
		await using github = await githubOfToday();
		addRuns(github.addRepository("acme/app"), { runs: 28, days: 14 });
		const { summary } = await runAction({
			inputs: { "database-url": await createPostgresDatabase() },
			environment: { GITHUB_API_URL: github.url },
		});
		expect(summary).toMatch(/^\| Runs \| \*\*14\*\* \| 14 \| ±0\s% \|/m);
		expect(summary).toMatch(
			/^\| Success on the default branch \| \*\*\d+\.\d\s%\*\* \| \d+\.\d\s% \| .+\spp \| n = 14 \|$/m,
		);
		expect(summary).toMatch(/```mermaid\n[\s\S]+plotColorPalette[\s\S]+xychart-beta[\s\S]+```/);
	});

	it("stays under a megabyte, and the file beside it has all", async () => {
		// Each is reported as failed several times, and grows fivefold when it is made harmless.
		const workspace = temporaryDirectory();
		const paths = Array.from({ length: 36 }, (_, file) => {
			const folder = `${file}/${"~".repeat(200)}${`/${"~".repeat(200)}`.repeat(15)}`;
			mkdirSync(join(workspace, folder), { recursive: true });
			writeFileSync(join(workspace, folder, "usage.csv"), "no,column,that,fits\n1,2,3,4\n");
			return `${folder}/usage.csv`;
		});
		const { code, summary, outputs } = await runAction({
			inputs: { "database-url": await createPostgresDatabase(), sources: "csv", "csv-path": paths.join(",") },
			workspace,
		});
		expect(code).toBe(1);
		const report = readFileSync(outputs["report-path"] ?? "");
		expect(report.length).toBeGreaterThan(1024 * 1024);
		expect(Buffer.byteLength(summary)).toBeLessThan(1024 * 1024);
		expect(summary).toContain("**36 things went wrong.**");
		expect(summary).toContain("### What came in");
		expect(summary).toContain("_Some parts were left out");
	});

	it("leaves out whole parts, the largest that do not fit, and says so", () => {
		const parts = ["first", "x".repeat(5000), "last"];
		expect(fitting(parts, 10_000)).toBe(parts.join("\n\n"));
		expect(fitting(parts, 1000)).toMatch(/^first\n\nlast\n\n_Some parts were left out/);
	});
});
