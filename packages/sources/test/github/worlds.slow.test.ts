import { describeOnBothEngines, describeOnPostgres } from "@tidemark/db/testing";
import { simulateGithub } from "@tidemark/world/github";
import { expect, it } from "vitest";
import { busyDays, evenly, start } from "./busy-world.ts";
import { goodTick } from "./tick.ts";
import { days, expectEveryAttempt, hours, iso, later } from "./truth.ts";

const runsOnly = { only: ["github:runs"] };

describeOnBothEngines("a world of GitHub", (open) => {
	it("T1: of 2,500 runs in one window of the index is stored whole", async () => {
		const runs = evenly(2500, 1000);
		const now = later(start, hours(2));
		await using github = await simulateGithub({ now, unfilteredCap: 100 });
		const repository = github.addRepository("acme/app");
		for (const run of runs) repository.addRun(run);
		const db = await open();
		await goodTick(db, github, runsOnly);
		await expectEveryAttempt(db, runs, now);
	});
});

describeOnPostgres("a large world of GitHub", (open) => {
	it("T2: of 41,000 runs is stored whole, though the list ends at 40,000", { timeout: 120_000 }, async () => {
		const runs = evenly(41_000, 60_000);
		const now = later(start, 41_001 * 60_000);
		await using github = await simulateGithub({ now, validate: false });
		const repository = github.addRepository("acme/app");
		for (const run of runs) repository.addRun(run);
		const db = await open();
		await goodTick(db, github, runsOnly);
		await expectEveryAttempt(db, runs, now);
		expect(github.requests.filter(({ status }) => status === 422)).toHaveLength(1);
	});

	// `pnpm bench github-worlds` does the same with 45 days of 300 runs.
	it("of busy days with late re-runs ends with every attempt right at six-hour ticks", {
		timeout: 120_000,
	}, async () => {
		const runs = busyDays(8, 34);
		await using github = await simulateGithub({ now: start, validate: false });
		const repository = github.addRepository("acme/app");
		for (const run of runs) repository.addRun(run);
		const db = await open();
		for (let at = Date.parse(start); at <= Date.parse(start) + days(40); at += hours(6)) {
			github.clock.set(iso(at));
			await goodTick(db, github, runsOnly);
			if (at === Date.parse(start) + days(8)) await expectEveryAttempt(db, runs, iso(at));
		}
		await expectEveryAttempt(db, runs, later(start, days(40)));
	});
});
