import type { SourceFixture } from "@tidemark/core/testing";
import { type SimulatedGithub, type SimulatedRepository, simulateGithub } from "@tidemark/world/github";
import { afterAll } from "vitest";
import { evenly } from "./busy-world.ts";
import { hours, iso, later } from "./truth.ts";

/** Within the 30 days that a first run reaches back. */
const start = iso(Date.now() - hours(20));
const now = later(start, hours(10));
const started: SimulatedGithub[] = [];

async function repository(): Promise<{ github: SimulatedGithub; repository: SimulatedRepository; flags: Flags }> {
	const github = await simulateGithub({ now });
	started.push(github);
	const flags = { "api-url": github.url, repo: ["acme/app"], "github-token": "test-token" };
	return { github, repository: github.addRepository("acme/app"), flags };
}

type Flags = Readonly<Record<string, string | readonly string[]>>;

/** Ends the servers of the worlds that a file's tests have made. */
export function closeWorlds(): void {
	afterAll(() => Promise.all(started.splice(0).map((github) => github[Symbol.asyncDispose]())));
}

const spoilt = {
	createdAt: later(start, hours(2)),
	attempts: [{ startedAt: later(start, hours(2)) }],
	override: { id: "?" },
};

export const runsFixture: SourceFixture = {
	async makeWorld() {
		const { repository: home, flags } = await repository();
		for (const run of evenly(230, 120_000, start)) {
			// One is running, and two were re-run.
			if (run.id === 229) home.addRun({ ...run, attempts: [{ startedAt: run.createdAt }] });
			else if (run.id === 20 || run.id === 200) home.addRun({ ...run, attempts: [...run.attempts, ...run.attempts] });
			else home.addRun(run);
		}
		return {
			flags,
			rows: { repositories: 1, workflow_runs: 232 },
			// The repository, the newest runs, the end.
			steadyPages: 3,
			async spoil() {
				home.addRun(spoilt);
				home.addRun(spoilt);
				return 2;
			},
		};
	},
};

export const jobsFixture: SourceFixture = {
	async makeWorld() {
		const { repository: home, flags } = await repository();
		const runs = evenly(36, 120_000, start).map((run) => ({
			...run,
			attempts: run.attempts.map((attempt) => ({ ...attempt, jobs: thirtyJobs(attempt.startedAt) })),
		}));
		for (const run of runs) home.addRun(run);
		const known = { repositoryId: home.id, repository: "acme/app", runAttempt: 1, status: "completed" };
		return {
			flags,
			stored: {
				workflow_runs: runs.map(({ id = 0, createdAt }) => {
					const at = createdAt.replace("Z", ".000000Z");
					return { ...known, githubRunId: id, runCreatedAt: at, startedAt: at, githubUpdatedAt: at };
				}),
			},
			rows: { workflow_runs: 36, workflow_jobs: 1080, job_lookups: 36 },
			steadyPages: 0,
			async spoil() {
				const [first] = runs;
				const job = { startedAt: start, completedAt: start, override: { id: null } };
				home.deleteRun(1);
				home.addRun({
					...first,
					createdAt: start,
					attempts: [{ startedAt: start, endedAt: later(start, 60_000), jobs: [...thirtyJobs(start), job] }],
				});
				return 1;
			},
		};
	},
};

function thirtyJobs(startedAt: string) {
	return Array.from({ length: 30 }, (_, index) => ({
		name: `job ${index}`,
		startedAt,
		completedAt: later(startedAt, (index + 1) * 10_000),
		labels: ["ubuntu-latest"],
	}));
}

export const pullsFixture: SourceFixture = {
	async makeWorld() {
		const { repository: home, flags } = await repository();
		for (let number = 1; number <= 230; number++) {
			const createdAt = later(start, number * 60_000);
			const closedAt = later(createdAt, 600_000);
			const events = number % 3 === 0 ? [{ at: closedAt, kind: "merged" as const }] : [];
			home.addPull({ number, createdAt, events, commits: [{ sha: `${number}`.padStart(40, "a"), authoredAt: start }] });
		}
		return {
			flags,
			rows: { pull_requests: 230 },
			steadyPages: 0,
			async spoil() {
				home.addPull({ number: 999, createdAt: later(start, 60_000), override: { number: "many" } });
				return 1;
			},
		};
	},
};

export const commitsFixture: SourceFixture = {
	async makeWorld() {
		const { repository: home, flags } = await repository();
		for (let index = 0; index < 230; index++) home.addCommit({ committedAt: later(start, index * 60_000) });
		return {
			flags,
			rows: { commits: 230 },
			// The first look at the branch after its history was read notes the ETag.
			steadyPages: 1,
			async spoil() {
				home.addCommit({
					committedAt: later(start, hours(5)),
					override: { commit: { message: "no date", author: null, committer: null } },
				});
				return 1;
			},
		};
	},
};
