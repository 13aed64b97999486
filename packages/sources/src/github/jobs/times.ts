import { z } from "zod";
import { instant } from "../shapes.ts";

/** When a job was created, ran and ended; all in one form of text. */
export interface JobTimes {
	readonly conclusion: string | null;
	readonly createdAt: string | null;
	readonly startedAt: string | null;
	readonly completedAt: string | null;
}

/** What an attempt itself says. */
export interface AttemptTimes {
	readonly runAttempt: number;
	readonly runCreatedAt: string;
	readonly startedAt: string | null;
	readonly githubUpdatedAt: string | null;
}

/** GitHub's own clocks are not one: a job may seem to have started this much earlier than its attempt. */
const slackMs = 60_000;

/**
 * "Re-run failed jobs" takes over the jobs that passed, with their old times: such a job ran in the attempt before.
 * (Seen in scribd/github-action-datadog-reporting#28 and newrelic-experimental/gha-new-relic-exporter#38.)
 */
export function isCopied({ startedAt }: Pick<JobTimes, "startedAt">, attempt: AttemptTimes): boolean {
	if (startedAt === null || attempt.startedAt === null) return false;
	return attempt.runAttempt > 1 && Date.parse(startedAt) < Date.parse(attempt.startedAt) - slackMs;
}

/** A job that ran in this attempt: not skipped, not taken over, and ended no earlier than it began. */
export function isExecuted(job: JobTimes, attempt: AttemptTimes): boolean {
	if (job.conclusion === "skipped" || isCopied(job, attempt)) return false;
	return secondsBetween(job.startedAt, job.completedAt) !== null;
}

/** Null if one is missing or the end is before the start: never clamped, never negative. */
export function secondsBetween(start: string | null, end: string | null): number | null {
	if (start === null || end === null) return null;
	const seconds = (Date.parse(end) - Date.parse(start)) / 1000;
	return seconds >= 0 ? seconds : null;
}

/** What the jobs of an attempt say about it. */
export const attemptOutcome = z.object({
	completedAt: instant.nullable(),
	completedAtIsEstimate: z.boolean(),
	durationSeconds: z.number().nullable(),
	queueSeconds: z.number().nullable(),
});

/**
 * The end of an attempt is that of its last job that ran in it; its duration reaches from the start of the first one to
 * there; it queued from its own start (the first attempt: from the creation of the run) to the start of the first job.
 *
 * Without such a job only `updated_at` is left, which moves for other reasons too: an estimate, marked as one.
 */
export function findOutcome(jobs: readonly JobTimes[], attempt: AttemptTimes): z.infer<typeof attemptOutcome> {
	const executed = jobs.filter((job) => isExecuted(job, attempt));
	const [start] = executed.map(({ startedAt }) => startedAt).sort();
	const [end] = executed
		.map(({ completedAt }) => completedAt)
		.sort()
		.reverse();
	if (!start || !end) {
		const { startedAt, githubUpdatedAt } = attempt;
		return {
			completedAt: githubUpdatedAt,
			completedAtIsEstimate: true,
			durationSeconds: secondsBetween(startedAt, githubUpdatedAt),
			queueSeconds: null,
		};
	}
	const queuedSince = attempt.runAttempt === 1 ? attempt.runCreatedAt : attempt.startedAt;
	return {
		completedAt: end,
		completedAtIsEstimate: false,
		durationSeconds: secondsBetween(start, end),
		queueSeconds: secondsBetween(queuedSince, start),
	};
}
