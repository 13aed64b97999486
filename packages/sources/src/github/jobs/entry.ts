import type { Rows } from "@tidemark/db";
import { z } from "zod";
import { forgiving, inRepository, instant, maybeInstant, text } from "../shapes.ts";
import { isCopied, isExecuted, type JobTimes, secondsBetween } from "./times.ts";

const attempt = z.object({
	githubRunId: z.number().int(),
	runAttempt: z.number().int(),
	runCreatedAt: instant,
	startedAt: instant.nullable(),
	githubUpdatedAt: instant.nullable(),
});

const step = z
	.object({
		number: forgiving(z.number()),
		name: text,
		status: text,
		conclusion: text,
		started_at: maybeInstant,
		completed_at: maybeInstant,
	})
	.transform(({ started_at: startedAt, completed_at: completedAt, ...rest }) => ({ ...rest, startedAt, completedAt }));

/** What is used of a job as GitHub answers it; `pickFields` leaves out everything else. */
export const answeredJob = z.object({
	id: z.number().int(),
	name: text,
	status: text,
	conclusion: text,
	created_at: maybeInstant,
	started_at: maybeInstant,
	completed_at: maybeInstant,
	labels: forgiving(z.array(z.string())),
	runner_name: text,
	runner_group_name: text,
	steps: forgiving(z.array(step)),
	html_url: text,
});

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
		/** What the jobs say about their attempt; null if there is no answer for now. */
		outcome: z
			.object({
				completedAt: instant.nullable(),
				completedAtIsEstimate: z.boolean(),
				durationSeconds: z.number().nullable(),
				queueSeconds: z.number().nullable(),
			})
			.nullable(),
	}),
]);

export type JobEntry = z.infer<typeof jobEntry>;

export function jobRows(entry: JobEntry): Rows {
	return entry.kind === "job" ? makeJobRows(entry) : makeLookupRows(entry);
}

export function readJobTimes(job: z.infer<typeof answeredJob>): JobTimes {
	const { conclusion, created_at: createdAt, started_at: startedAt, completed_at: completedAt } = job;
	return { conclusion, createdAt, startedAt, completedAt };
}

function makeJobRows({ repository, attempt, job }: Extract<JobEntry, { kind: "job" }>): Rows {
	const times = readJobTimes(job);
	const { conclusion, createdAt, startedAt, completedAt } = times;
	const hasRun = isExecuted(times, attempt);
	return {
		workflow_jobs: [
			{
				githubRunId: attempt.githubRunId,
				runAttempt: attempt.runAttempt,
				githubJobId: job.id,
				repositoryId: repository.id,
				repository: repository.name,
				jobName: job.name,
				status: job.status,
				conclusion,
				copied: isCopied(times, attempt),
				queuedAt: createdAt ?? startedAt ?? attempt.startedAt ?? attempt.runCreatedAt,
				startedAt,
				completedAt,
				durationSeconds: hasRun ? secondsBetween(startedAt, completedAt) : null,
				queueSeconds: hasRun ? secondsBetween(createdAt, startedAt) : null,
				labels: job.labels,
				runnerName: job.runner_name,
				runnerGroup: job.runner_group_name,
				steps: job.steps,
				htmlUrl: job.html_url,
			},
		],
	};
}

function makeLookupRows({ repository, attempt, outcome, ...lookup }: Extract<JobEntry, { kind: "lookup" }>): Rows {
	const { githubRunId, runAttempt, runCreatedAt } = attempt;
	const { state, reason, tries, jobCount, lookedUpAt } = lookup;
	const known = { githubRunId, runAttempt, repositoryId: repository.id, runCreatedAt };
	return {
		...(outcome ? { workflow_runs: [{ ...known, repository: repository.name, ...outcome }] } : {}),
		job_lookups: [{ ...known, state, reason, tries, jobCount, lookedUpAt }],
	};
}
