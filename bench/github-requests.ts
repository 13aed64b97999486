import { goodTick } from "../packages/sources/test/github/tick.ts";
import { days, hours, later } from "../packages/sources/test/github/truth.ts";
import { type RunScript, simulateGithub } from "../packages/world/src/github/index.ts";
import type { Bench } from "./bench.ts";
import { costOfGraphql } from "./graphql-jobs.ts";
import { openMigrated } from "./open-migrated.ts";

const start = "2026-03-01T00:00:00Z";
const perDay = 100;
const first = 3000;
const reruns = 180;

/**
 * Requests for what a month of 3,000 runs holds, beside the fewest that its lists allow: a page for 100 runs, one request
 * for each earlier attempt, one for the jobs of each run, and one for the repository. Airbyte's logic (a page for 100
 * runs, then the jobs of each run) needs 3,030 and DevLake's (seven probes, four lists, then the jobs) 3,107; both hold
 * the newest attempt of each run only.
 */
export const githubRequests: Bench = async ({ serverUrl }) => {
	const runs = Array.from({ length: first + 2 * perDay }, (_, index) => run(index));
	await using github = await simulateGithub({ now: later(start, days(first / perDay) - 1000), validate: false });
	const repository = github.addRepository("acme/app");
	const suites = runs.map((each) => repository.addRun(each).checkSuiteNodeId);
	await using db = await openMigrated(serverUrl);
	const only = ["github:runs", "github:jobs"];
	const requests = async () => {
		const before = github.requests.length;
		await goodTick(db, github, { only });
		return github.requests.length - before;
	};
	const backfill = await requests();
	const idle = await requests();
	const ticks: number[] = [];
	for (let tick = 1; tick <= 4; tick++) {
		github.clock.advance(hours(6));
		ticks.push(await requests());
	}
	const sweep = Math.ceil((31 * perDay) / 100) + 1;
	const day = ticks.reduce((sum, count) => sum + count, 0);
	const newRuns = perDay + (perDay * reruns) / first;
	const month = suites.slice(0, first);
	const plain = await costOfGraphql(github, month, { withSteps: false });
	const steps = await costOfGraphql(github, month, { withSteps: true });
	return [
		{
			name: "requests, first collection of 3,000 runs with 180 re-runs (Airbyte's logic 3,030, DevLake's 3,107)",
			measured: backfill,
			unit: "requests",
			limit: 1 + first / 100 + reruns + first,
			isFloor: false,
		},
		{ name: "requests, the same again", measured: idle, unit: "requests", limit: 2, isFloor: false },
		{
			name: "requests, a day of 100 runs in four collections and one sweep",
			measured: day,
			unit: "requests",
			limit: 4 * (1 + 1) + sweep + newRuns + 4,
			isFloor: false,
		},
		{
			name: `requests by GraphQL for the same jobs, without labels, queue times and attempts (${plain.points} points; ${steps.points} with steps)`,
			measured: plain.requests,
			unit: "requests",
			limit: first,
			isFloor: false,
		},
	];
};

/** One in 16 or so is re-run after an hour. */
function run(index: number): RunScript {
	const createdAt = later(start, index * (days(1) / perDay));
	const endedAt = later(createdAt, 600_000);
	const jobs = (at: string) => [{ startedAt: at, completedAt: later(at, 590_000), labels: ["ubuntu-latest"] }];
	const isRerun = Math.floor((index * reruns) / first) !== Math.floor(((index - 1) * reruns) / first);
	const again = later(createdAt, hours(1));
	return {
		id: index + 1,
		createdAt,
		attempts: [
			{ startedAt: createdAt, endedAt, conclusion: isRerun ? "failure" : "success", jobs: jobs(createdAt) },
			...(isRerun ? [{ startedAt: again, endedAt: later(again, 600_000), jobs: jobs(again) }] : []),
		],
	};
}
