import { busyDays, start } from "../packages/sources/test/github/busy-world.ts";
import { goodTick } from "../packages/sources/test/github/tick.ts";
import { attemptsOf, days, hours, iso, later, storedAttempts } from "../packages/sources/test/github/truth.ts";
import { simulateGithub } from "../packages/world/src/github/index.ts";
import type { Bench } from "./bench.ts";
import { openMigrated } from "./open-migrated.ts";

/**
 * 45 days of 300 runs, of which 6 % are re-run up to 29 days later, collected every six hours: the share of attempts that
 * end as they were. Nothing less than all of them will do.
 */
export const githubWorlds: Bench = async ({ serverUrl }) => {
	const runs = busyDays(45, 300);
	await using github = await simulateGithub({ now: start, validate: false });
	const repository = github.addRepository("acme/app");
	for (const run of runs) repository.addRun(run);
	await using db = await openMigrated(serverUrl);
	for (let at = Date.parse(start); at <= Date.parse(start) + days(76); at += hours(6)) {
		github.clock.set(iso(at));
		await goodTick(db, github, { only: ["github:runs"] });
	}
	const stored = new Set(await storedAttempts(db));
	const wanted = attemptsOf(runs, later(start, days(76)));
	const right = wanted.filter((line) => stored.has(line)).length;
	return [
		{
			name: `attempts right, of ${wanted.length} in 45 days of 300 runs`,
			measured: right / Math.max(wanted.length, stored.size),
			unit: "of them",
			limit: 1,
			isFloor: true,
		},
		{
			name: "requests for each collection of them",
			measured: github.requests.length / 305,
			unit: "requests",
			// Head and repository, a quarter of a sweep of 9,300 runs, and what was re-run.
			limit: 2 + 1 + 95 / 4 + 6,
			isFloor: false,
		},
	];
};
