import { type Database, type Row, save } from "@tidemark/db";

interface Workflow {
	readonly id: number;
	readonly name: string;
	readonly repositoryId: number;
	readonly perDay: number;
	/** One in so many attempts fails. */
	readonly failsEvery: number;
	/** Job name, runner label, seconds. */
	readonly jobs: readonly (readonly [string, string, number])[];
}

const repositories: Row<"repositories">[] = [
	{
		repositoryId: 1,
		repository: "acme/shop",
		defaultBranch: "main",
		visibility: "private",
		sweptAt: "2026-02-13T02:00:00Z",
	},
	{
		repositoryId: 2,
		repository: "acme/design",
		defaultBranch: "main",
		visibility: "public",
		sweptAt: "2026-02-14T02:00:00Z",
	},
];

const workflows: readonly Workflow[] = [
	{
		...{ id: 11, name: "CI", repositoryId: 1, perDay: 8, failsEvery: 7 },
		jobs: [
			["lint", "ubuntu-latest", 60],
			["test", "ubuntu-latest", 420],
			["windows", "windows-latest", 700],
		],
	},
	{
		...{ id: 12, name: "Nightly end-to-end in all browsers", repositoryId: 1, perDay: 1, failsEvery: 3 },
		jobs: [
			["chrome", "ubuntu-latest-8-cores", 1800],
			["safari", "macos-14", 2200],
		],
	},
	{ ...{ id: 13, name: "Deploy", repositoryId: 1, perDay: 2, failsEvery: 19 }, jobs: [["deploy", "self-hosted", 300]] },
	{
		...{ id: 21, name: "CI", repositoryId: 2, perDay: 3, failsEvery: 11 },
		jobs: [
			["build", "ubuntu-latest", 200],
			["visual", "gpu-box", 600],
		],
	},
];

/** Twelve days of runs, jobs, pull requests and commits; the same on every run. */
export async function fillTwoRepositories(db: Database): Promise<void> {
	const attempts = attemptsOfTwelveDays();
	await save(db, {
		repositories,
		workflow_runs: attempts.map(({ run }) => run),
		workflow_jobs: attempts.flatMap(({ jobs }) => jobs),
		job_lookups: attempts.slice(9).map(({ run }) => ({
			...{ githubRunId: run.githubRunId, runAttempt: run.runAttempt, repositoryId: run.repositoryId },
			...{ runCreatedAt: run.runCreatedAt, state: "done", tries: 1, lookedUpAt: run.runCreatedAt },
		})),
		pull_requests: Array.from({ length: 20 }, (_, index) => pullRequest(index)),
		commits: Array.from({ length: 30 }, (_, index) => ({
			...{ repositoryId: 1, repository: "acme/shop", sha: `sha-${index}`, committedAt: instant(index * 9) },
		})),
	});
	for (const [index, hours] of [0, 20, 110, 120, 290].entries()) {
		await db.query(
			`INSERT INTO ingestions (id, source, target, started_at, finished_at, outcome, read, inserted, updated, unchanged,
expired, skipped, rejected) VALUES ($1, 'github:runs', 'acme/shop', $2, $2, 'done', 9, 8, 1, 0, 0, 0, 0)`,
			[String(index), instant(hours)],
		);
	}
}

/** A number of hours after the beginning of Monday, 2 February 2026. */
function instant(hours: number): string {
	return new Date(Date.UTC(2026, 1, 2) + Math.round(hours * 3_600_000)).toISOString();
}

function attemptsOfTwelveDays() {
	let id = 100;
	return Array.from({ length: 12 }, (_, day) =>
		workflows.flatMap((workflow) =>
			Array.from({ length: workflow.perDay }, (_, ofDay) => {
				id++;
				const created = day * 24 + 8 + ofDay;
				const isLastNightly = workflow.id === 12 && day === 11;
				const failed = id % workflow.failsEvery === 0 || isLastNightly;
				const first = attemptOf(workflow, id, 1, created, failed ? "failure" : id % 23 === 0 ? "cancelled" : "success");
				const isRunAgain = failed && !isLastNightly && id % 2 === 0;
				return isRunAgain ? [first, attemptOf(workflow, id, 2, created, "success")] : [first];
			}).flat(),
		),
	).flat();
}

function attemptOf(workflow: Workflow, githubRunId: number, runAttempt: number, created: number, conclusion: string) {
	const { repositoryId, jobs } = workflow;
	const repository = repositoryId === 1 ? "acme/shop" : "acme/design";
	const started = created + (runAttempt - 1) * 0.5;
	const isMain = githubRunId % 3 === 0 || jobs.length < 3;
	const same = { githubRunId, runAttempt, repositoryId, repository };
	const rows: Row<"workflow_jobs">[] = jobs.map(([jobName, label, seconds], index) => {
		const queueSeconds = label === "macos-14" ? 180 + (githubRunId % 60) : 5 + (githubRunId % 20);
		const durationSeconds = seconds + ((githubRunId * 37 + index * 11) % 90);
		const startedAt = instant(started + queueSeconds / 3600);
		return {
			...{
				...same,
				githubJobId: githubRunId * 100 + runAttempt * 10 + index,
				jobName,
				status: "completed",
				copied: false,
			},
			conclusion: conclusion !== "failure" || index === githubRunId % jobs.length ? conclusion : "success",
			...{ queuedAt: instant(started), startedAt, queueSeconds, durationSeconds },
			completedAt: new Date(Date.parse(startedAt) + durationSeconds * 1000).toISOString(),
			labels: label === "self-hosted" ? ["self-hosted", "linux"] : [label],
		};
	});
	const longest = Math.max(...rows.map(({ durationSeconds }) => durationSeconds ?? 0));
	const run: Row<"workflow_runs"> = {
		...{ ...same, workflowId: workflow.id, workflowName: workflow.name, status: "completed", conclusion },
		...{
			branch: isMain ? "main" : "feature",
			eventType: isMain ? "push" : "pull_request",
			commitSha: `sha-${githubRunId}`,
		},
		...{ runCreatedAt: instant(created), startedAt: instant(started), completedAt: instant(started + longest / 3600) },
		...{ completedAtIsEstimate: false, durationSeconds: longest, queueSeconds: 5 + (githubRunId % 20) },
	};
	return { run, jobs: rows };
}

function pullRequest(index: number): Row<"pull_requests"> {
	const createdAt = instant(index * 12);
	const closedAt = index % 5 === 0 ? null : instant(index * 12 + 4 + index);
	return {
		...{ repositoryId: 1, repository: "acme/shop", number: index, createdAt, updatedAt: createdAt, closedAt },
		...{
			mergedAt: index % 7 === 0 ? null : closedAt,
			lastActiveAt: closedAt ?? createdAt,
			reopenedCount: index === 3 ? 1 : 0,
		},
	};
}
