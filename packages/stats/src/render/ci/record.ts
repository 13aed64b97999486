import type { CiFigures } from "../../ci/ci-figures.ts";
import type { RunnerFigures } from "../../ci/runner-figures.ts";
import type { RunnerGroup } from "../../ci/runner-groups.ts";

/** Figures of runs as raw numbers under flat, stable names: the columns of the CSV and the fields of the JSON. */
export function ciRecord({ success, onDefaultBranch, firstPass, rerun, flaky, duration, queue, ...rest }: CiFigures) {
	return {
		runs: rest.runs,
		attempts: rest.attempts,
		success_rate: success.rate,
		success_known: success.known,
		default_branch_success_rate: onDefaultBranch.rate,
		default_branch_success_known: onDefaultBranch.known,
		first_pass_rate: firstPass.rate,
		first_pass_known: firstPass.known,
		neither_runs: rest.runs - success.known,
		rerun_rate: rerun.rate,
		rerun_runs: rerun.runs,
		flaky_rate: flaky.rate,
		flaky_runs: flaky.runs,
		flaky_known: flaky.known,
		duration_p50_seconds: duration.p50,
		duration_p95_seconds: duration.p95,
		duration_known: duration.known,
		duration_estimates: rest.estimates,
		queue_p50_seconds: queue.p50,
		queue_p95_seconds: queue.p95,
		queue_known: queue.known,
		...minuteRecord(rest.runners),
	} satisfies Record<string, number | null>;
}

/** As `ciRecord`, of the jobs that ran on one kind of runner. */
export function runnerRecord({ queue, ...figures }: Omit<RunnerGroup, "name" | "runner">) {
	return {
		...minuteRecord(figures),
		queue_p50_seconds: queue.p50,
		queue_p95_seconds: queue.p95,
		queue_known: queue.known,
	} satisfies Record<string, number | null>;
}

function minuteRecord({ jobs, minutes, wasted, cost }: RunnerFigures) {
	return {
		jobs,
		minutes,
		wasted_minutes: wasted.minutes,
		wasted_share: wasted.rate,
		cost_usd: cost.usd,
		list_cost_usd: cost.listUsd,
		unpriced_minutes: cost.unpricedMinutes,
	};
}
