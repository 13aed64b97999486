import { connect } from "@tidemark/db";
import { createPostgresDatabase } from "@tidemark/db/testing";
import { describe, expect, it } from "vitest";
import { addRuns, githubOfToday } from "./busy-github.ts";
import { runAction, startAction } from "./run-action.ts";

describe("a run that does not come to its end", () => {
	it("for lack of requests says what is left, and fails only where that is asked for", async () => {
		await using github = await githubOfToday();
		addRuns(github.addRepository("acme/app"), { runs: 40, days: 6 });
		// A quarter stays free: thirty may be made.
		github.addToken("test-token", { limit: 1000, remaining: 280 });
		const inputs = { "database-url": await createPostgresDatabase() };
		const environment = { GITHUB_API_URL: github.url };
		const first = await runAction({ inputs, environment });
		expect(first).toMatchObject({ code: 0, outputs: { partial: "true" } });
		expect(first.log).toContain(
			"::warning title=Tidemark has not finished::github:jobs acme/app: GitHub's 1000 requests",
		);
		expect(first.summary).toContain("**Not finished.**");
		expect(first.summary).toMatch(/The jobs of \d+ attempts are not fetched yet/);
		expect((await runAction({ inputs: { ...inputs, "fail-on": "partial" }, environment })).code).toBe(1);
		github.addToken("test-token");
		const last = await runAction({ inputs: { ...inputs, "fail-on": "partial" }, environment });
		expect(last).toMatchObject({ code: 0, outputs: { partial: "false" } });
		expect(last.summary).not.toContain("not fetched yet");
	});

	it("because it was cancelled keeps what came in, and the next one goes on", async () => {
		await using github = await githubOfToday();
		addRuns(github.addRepository("acme/app"), { runs: 120, days: 20 });
		const url = await createPostgresDatabase();
		const step = { inputs: { "database-url": url }, environment: { GITHUB_API_URL: github.url } };
		const { child, ended } = startAction(step);
		const stop = github.onRequest(({ path }) => {
			if (path.endsWith("/jobs")) child.kill("SIGINT");
		});
		const cancelled = await ended;
		stop();
		expect(cancelled).toMatchObject({ code: 130, outputs: { partial: "true" } });
		expect(JSON.parse(cancelled.outputs.json ?? "")).toMatchObject({ cancelled: true });
		expect(cancelled.log).toContain("::warning title=Tidemark was cancelled::github:jobs acme/app: cancelled");
		expect(cancelled.summary).toContain("**Cancelled.**");
		const db = await connect({ url, directory: "" });
		expect(await db.query("SELECT count(*)::int AS runs FROM workflow_runs")).toEqual([{ runs: 120 }]);
		expect((await runAction(step)).code).toBe(0);
		expect(await db.query("SELECT count(*)::int AS jobs FROM workflow_jobs")).toEqual([{ jobs: 240 }]);
		await db.close();
	});

	it("because its time is up says so", async () => {
		await using github = await githubOfToday();
		addRuns(github.addRepository("acme/app"), { runs: 3, days: 2 });
		github.faults.script({ kind: "hang" }, { path: "/jobs" });
		const ended = await runAction({
			inputs: { "database-url": await createPostgresDatabase(), "max-duration": "1s" },
			environment: { GITHUB_API_URL: github.url },
		});
		expect(ended).toMatchObject({ code: 0, outputs: { partial: "true" } });
		expect(ended.log).toContain("csv: its turn did not come");
	});
});
