import type { Row } from "@tidemark/db";

type Attempt = Row<"workflow_runs">;
type Job = Row<"workflow_jobs">;

/** Monday, 2 February 2026, at some minutes past ten. */
export function at(minutes: number): string {
	return new Date(Date.UTC(2026, 1, 2, 10, minutes)).toISOString();
}

export const shop: Row<"repositories"> = {
	repositoryId: 1,
	repository: "acme/shop",
	defaultBranch: "main",
	visibility: "private",
};

/** A finished first attempt of a push to the default branch of the shop; `facts` say what is different. */
export function attempt(githubRunId: number, conclusion: string | null, facts: Partial<Attempt> = {}): Attempt {
	return {
		githubRunId,
		runAttempt: 1,
		repositoryId: 1,
		repository: "acme/shop",
		workflowId: 7,
		workflowName: "CI",
		branch: "main",
		eventType: "push",
		commitSha: `commit-${githubRunId}`,
		status: "completed",
		conclusion,
		runCreatedAt: at(0),
		...facts,
	};
}

/** A job that ran for so many seconds in the attempt of a run; `facts` say what is different. */
export function job(githubRunId: number, durationSeconds: number | null, facts: Partial<Job> = {}): Job {
	made++;
	return {
		githubRunId,
		runAttempt: 1,
		githubJobId: made,
		repositoryId: 1,
		repository: "acme/shop",
		jobName: "test",
		status: "completed",
		conclusion: "success",
		copied: false,
		queuedAt: at(0),
		startedAt: at(0),
		completedAt: new Date(Date.parse(at(0)) + (durationSeconds ?? 0) * 1000).toISOString(),
		durationSeconds,
		queueSeconds: 0,
		labels: ["ubuntu-latest"],
		...facts,
	};
}

let made = 0;
