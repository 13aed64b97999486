import { p95, percentile } from "../numbers.ts";
import type { Attempt, Job, Run } from "./seen.ts";

/** How long attempts of some runs took, waited, and let people wait. Seconds. */
export function timesOf(runs: readonly Run[]) {
	const durations: number[] = [];
	const queues: number[] = [];
	const successes: number[] = [];
	const results: number[] = [];
	let estimates = 0;
	for (const run of runs) {
		for (const attempt of run.attempts) {
			if (!attempt.isFinished || attempt.jobs === null) continue;
			const start = startOf(attempt);
			if (start === null) {
				estimates++;
				continue;
			}
			const duration = (attempt.ended - start) / 1000;
			durations.push(duration);
			const isFirst = attempt.number === 1;
			const queue = (start - (isFirst ? run.created : attempt.started)) / 1000;
			if (queue >= 0) queues.push(queue);
			if (isFirst && attempt.conclusion === "success") successes.push(duration);
			if (isFirst) results.push((attempt.ended - run.created) / 1000);
		}
	}
	return {
		...named("success_duration", successes),
		...named("time_to_result", results),
		...named("duration", durations),
		duration_estimates: estimates,
		...named("queue", queues),
	};
}

/** When the first job began that ran in the attempt. */
function startOf({ jobs }: Attempt): number | null {
	let start: number | null = null;
	for (const { isExecuted, started } of jobs ?? []) {
		if (isExecuted && (start === null || started < start)) start = started;
	}
	return start;
}

export function jobQueuesOf(jobs: readonly Job[]) {
	const queues: number[] = [];
	for (const { isExecuted, queued, started } of jobs) {
		if (isExecuted && started >= queued) queues.push((started - queued) / 1000);
	}
	return named("queue", queues);
}

function named(name: string, seconds: readonly number[]) {
	return {
		[`${name}_p50_seconds`]: percentile(seconds, 0.5),
		[`${name}_p95_seconds`]: p95(seconds),
		[`${name}_known`]: seconds.length,
	};
}
