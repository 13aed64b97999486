import { isFlaky } from "./rates.ts";
import { machineOf, shownLabels } from "./runner-prices.ts";
import { type Attempt, isFailure, type Job, type Run, secondsOf } from "./seen.ts";

/** A job with the attempt and the run that it belongs to. */
export interface PlacedJob {
	readonly run: Run;
	readonly attempt: Attempt;
	readonly job: Job;
	readonly labels: string | null;
}

export function jobsOf(runs: readonly Run[]): PlacedJob[] {
	const placed: PlacedJob[] = [];
	for (const run of runs) {
		for (const attempt of run.attempts) {
			for (const job of attempt.jobs ?? []) placed.push({ run, attempt, job, labels: shownLabels(job.labels) });
		}
	}
	return placed;
}

type Use = "flaky" | "cancelled" | "default_branch" | "failed_pull_request" | "good";

/** Minutes, what they were spent on and what they cost; each job rounded up to whole minutes, as GitHub bills it. */
export function minutesOf(placed: readonly PlacedJob[]) {
	const used: Record<Use, number> = { flaky: 0, cancelled: 0, default_branch: 0, failed_pull_request: 0, good: 0 };
	let jobs = 0;
	let unpriced = 0;
	let priced = 0;
	let charged = 0;
	let list = 0;
	for (const each of placed) {
		if (!each.job.isExecuted) continue;
		jobs++;
		const minutes = Math.ceil(secondsOf(each.job) / 60);
		used[useOf(each)] += minutes;
		const { price, isStandard } = machineOf(each.labels);
		if (price === null) {
			unpriced += minutes;
			continue;
		}
		priced++;
		list += minutes * price;
		if (!(isStandard && each.run.repository.visibility === "public")) charged += minutes * price;
	}
	const wasted = used.flaky + used.cancelled + used.default_branch;
	const minutes = wasted + used.failed_pull_request + used.good;
	const known = (value: number) => (jobs === 0 ? null : value);
	return {
		jobs,
		minutes: known(minutes),
		wasted_minutes: known(wasted),
		wasted_share: minutes === 0 ? null : wasted / minutes,
		wasted_flaky_minutes: known(used.flaky),
		wasted_cancelled_minutes: known(used.cancelled),
		wasted_default_branch_minutes: known(used.default_branch),
		failed_pull_request_minutes: known(used.failed_pull_request),
		charged_usd: priced === 0 ? null : charged / 1000,
		list_price_usd: priced === 0 ? null : list / 1000,
		unpriced_minutes: unpriced,
	};
}

/** The first that fits. */
function useOf({ run, attempt, job }: PlacedJob): Use {
	const hasFailed = isFailure(job.conclusion);
	if (isFlaky(run) && (hasFailed || attempt.number > 1)) return "flaky";
	if (job.conclusion === "cancelled") return "cancelled";
	if (hasFailed) return run.isOnDefaultBranch ? "default_branch" : "failed_pull_request";
	return "good";
}

export function neverStartedOf(placed: readonly PlacedJob[]) {
	let jobs = 0;
	let longest: number | null = null;
	for (const { job } of placed) {
		if (!job.isNeverStarted) continue;
		jobs++;
		longest = Math.max(longest ?? 0, (job.completed - job.queued) / 1000);
	}
	return { never_started_jobs: jobs, never_started_max_wait_seconds: longest };
}
