import { connect } from "@tidemark/db";
import { createPostgresDatabase } from "@tidemark/db/testing";
import { describe, expect, it } from "vitest";
import { addRuns, githubOfToday } from "./busy-github.ts";
import { runAction } from "./run-action.ts";

describe("the first run and the second", () => {
	it("brings in thirty days at first, and nothing the second time", async () => {
		await using github = await githubOfToday();
		const repository = github.addRepository("acme/app");
		addRuns(repository, { runs: 60, days: 29 });
		repository.addCommit({ message: "Begin", committedAt: new Date(Date.now() - 3_600_000).toISOString() });
		const url = await createPostgresDatabase();
		const step = { inputs: { "database-url": url }, environment: { GITHUB_API_URL: github.url } };
		const first = await runAction(step);
		expect(first).toMatchObject({ code: 0, outputs: { partial: "false", "rows-pruned": "0" } });
		const db = await connect({ url, directory: "" });
		const counted = () =>
			db.query(`SELECT (SELECT count(*)::int FROM workflow_runs) AS runs,
(SELECT count(*)::int FROM workflow_jobs) AS jobs, (SELECT count(*)::int FROM commits) AS commits`);
		expect(await counted()).toEqual([{ runs: 60, jobs: 120, commits: 1 }]);
		expect(JSON.parse(first.outputs.json ?? "")).toMatchObject({
			partial: false,
			cancelled: false,
			tables: { workflow_runs: { inserted: 60 }, workflow_jobs: { inserted: 120 } },
			sources: expect.arrayContaining([
				expect.objectContaining({
					source: "github:jobs",
					outcome: "ran",
					targets: [expect.objectContaining({ target: "acme/app", outcome: "done" })],
				}),
			]),
		});
		expect(first.summary).toContain("## Tidemark");
		const second = await runAction(step);
		expect(second).toMatchObject({ code: 0, outputs: { partial: "false", "rows-inserted": "0" } });
		expect(await counted()).toEqual([{ runs: 60, jobs: 120, commits: 1 }]);
		await db.close();
		expect(github.violations).toEqual([]);
	});
});
