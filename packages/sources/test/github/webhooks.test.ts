import { listWebhooks, readWebhook } from "@tidemark/world/github";
import { describe, expect, it } from "vitest";
import { answeredJob, jobEntry, makeJobRows } from "../../src/github/jobs/entry.ts";
import { makeRunRows, runEntry } from "../../src/github/runs/entry.ts";

const repository = { id: 1, name: "octo-org/octo-repo" };
const canonical = (time: unknown) =>
	typeof time === "string" ? new Date(time).toISOString().replace("Z", "000Z") : null;

/** The objects under a name of all webhooks that have one. */
function objectsUnder(name: "workflow_run" | "workflow_job"): [string, Readonly<Record<string, unknown>>][] {
	return listWebhooks()
		.filter((file) => file.startsWith(`${name}.`))
		.map((file) => [file, recordOf(readWebhook(file)[name])]);
}

describe("an object of GitHub's own examples", () => {
	it.each(objectsUnder("workflow_run"))("becomes a run without loss: %s", (_, run) => {
		const [row] = makeRunRows(runEntry.parse({ kind: "run", repository, run })).workflow_runs ?? [];
		expect(row).toMatchObject({
			githubRunId: run.id,
			runAttempt: run.run_attempt ?? 1,
			workflowId: run.workflow_id,
			// One that is empty is none.
			workflowName: run.name || null,
			runNumber: run.run_number,
			branch: run.head_branch,
			commitSha: run.head_sha,
			eventType: run.event,
			status: run.status,
			conclusion: run.conclusion ?? null,
			runCreatedAt: canonical(run.created_at),
			startedAt: canonical(run.run_started_at),
			githubUpdatedAt: canonical(run.updated_at),
			htmlUrl: run.html_url,
		});
	});

	it.each(objectsUnder("workflow_job"))("becomes a job without loss: %s", (_, job) => {
		const attempt = { githubRunId: job.run_id, runAttempt: job.run_attempt ?? 1, githubUpdatedAt: null };
		const times = { runCreatedAt: "2021-01-01T00:00:00Z", startedAt: null };
		const [row] =
			makeJobRows(jobEntry.parse({ kind: "job", repository, attempt: { ...attempt, ...times }, job })).workflow_jobs ??
			[];
		expect(row).toMatchObject({
			githubRunId: job.run_id,
			githubJobId: job.id,
			jobName: job.name,
			status: job.status,
			conclusion: job.conclusion ?? null,
			startedAt: canonical(job.started_at),
			completedAt: canonical(job.completed_at),
			labels: job.labels,
			runnerName: job.runner_name ?? null,
			runnerGroup: job.runner_group_name ?? null,
		});
		const names = (steps: unknown) => (Array.isArray(steps) ? steps.map(({ name }) => name) : null);
		expect(names(answeredJob.parse(job).steps)).toEqual(names(job.steps));
	});
});

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
	if (typeof value !== "object" || value === null) throw new Error("The webhook has no such object.");
	return { ...value };
}
