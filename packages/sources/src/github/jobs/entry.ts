import type { Rows } from "@tidemark/db";
import { z } from "zod";
import { forgiving, inRepository, instant, maybeInstant, renameFields, text } from "../shapes.ts";
import { attemptOutcome, isCopied, isExecuted, secondsBetween } from "./times.ts";

const attempt = z.object({
	githubRunId: z.number().int(),
	runAttempt: z.number().int(),
	runCreatedAt: instant,
	startedAt: instant.nullable(),
	githubUpdatedAt: instant.nullable(),
});

const step = renameFields({
	number: ["number", forgiving(z.number())],
	name: ["name", text],
	status: ["status", text],
	conclusion: ["conclusion", text],
	startedAt: ["started_at", maybeInstant],
	completedAt: ["completed_at", maybeInstant],
});

/** What is used of a job as GitHub answers it; `pickFields` leaves out everything else. */
export const jobFields = {
	githubJobId: ["id", z.number().int()],
	jobName: ["name", text],
	status: ["status", text],
	conclusion: ["conclusion", text],
	createdAt: ["created_at", maybeInstant],
	startedAt: ["started_at", maybeInstant],
	completedAt: ["completed_at", maybeInstant],
	labels: ["labels", forgiving(z.array(z.string()))],
	runnerName: ["runner_name", text],
	runnerGroup: ["runner_group_name", text],
	steps: ["steps", forgiving(z.array(step))],
	htmlUrl: ["html_url", text],
} as const;

export const answeredJob = renameFields(jobFields);

export const jobEntry = z.discriminatedUnion("kind", [
	z.object({ kind: z.literal("job"), repository: inRepository, attempt, job: answeredJob }),
	z.object({
		kind: z.literal("lookup"),
		repository: inRepository,
		attempt,
		state: z.enum(["done", "gone", "failed"]),
		reason: z.string().nullable(),
		tries: z.number().int(),
		jobCount: z.number().int().nullable(),
		lookedUpAt: instant,
		/** Null if there is no answer for now. */
		outcome: attemptOutcome.nullable(),
	}),
]);

export function makeJobRows(entry: z.infer<typeof jobEntry>): Rows {
	const { attempt, repository } = entry;
	const { githubRunId, runAttempt, runCreatedAt } = attempt;
	if (entry.kind === "lookup") {
		const { kind: _, repository: __, attempt: ___, outcome, ...lookup } = entry;
		const known = { githubRunId, runAttempt, repositoryId: repository.repositoryId, runCreatedAt };
		return {
			...(outcome && { workflow_runs: [{ ...known, repository: repository.repository, ...outcome }] }),
			job_lookups: [{ ...known, ...lookup }],
		};
	}
	const { createdAt, ...job } = entry.job;
	const hasRun = isExecuted(entry.job, attempt);
	return {
		workflow_jobs: [
			{
				githubRunId,
				runAttempt,
				...repository,
				...job,
				copied: isCopied(job, attempt),
				queuedAt: createdAt ?? job.startedAt ?? attempt.startedAt ?? runCreatedAt,
				durationSeconds: hasRun ? secondsBetween(job.startedAt, job.completedAt) : null,
				queueSeconds: hasRun ? secondsBetween(createdAt, job.startedAt) : null,
			},
		],
	};
}
