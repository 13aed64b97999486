import { formatCount } from "@tidemark/text";
import { countValues } from "../math/histogram.ts";
import type { CiMeasures } from "../measures/ci.ts";
import { isFailure, isSuccess } from "../measures/conditions.ts";
import type { RunMeasures } from "../measures/runs.ts";
import { type Figure, median, type OutcomeCount, p95, ratio } from "./figure.ts";
import { minuteFigures } from "./jobs.ts";

const measured = (m: RunMeasures) => countValues(m.durations);
const queued = (m: RunMeasures) => countValues(m.queues);
const decided = (m: RunMeasures) => m.succeeded + m.failed;
const branchDecided = (m: RunMeasures) => m.branchSucceeded + m.branchFailed;
const firstDecided = (m: RunMeasures) => m.firstSucceeded + m.firstFailed;

/**
 * The figures of runs. A run counts by its newest attempt: as succeeded, or as failed if it ended with failure, timed_out
 * or startup_failure. Whatever else GitHub reports counts in neither and is named.
 */
const runFigures: readonly Figure<RunMeasures>[] = [
	{
		name: "runs",
		label: "Runs",
		unit: "count",
		value: (m) => m.runs,
		about: "Workflow runs, by the time of their creation.",
		hasTrend: true,
		column: { title: "Runs", importance: 95 },
	},
	{
		name: "attempts",
		label: "Attempts",
		unit: "count",
		value: (m) => m.attempts,
		about: "Attempts of these runs, the first ones included.",
		beside: ["runs", "{value} attempt{s}"],
	},
	{
		name: "success_rate",
		label: "Success",
		unit: "rate",
		value: (m) => ratio(m.succeeded, decided(m)),
		n: decided,
		nName: "success_known",
		of: "run",
		about: "The share of the runs that succeeded or failed, by their newest attempt, that succeeded.",
		better: "higher",
		column: { title: "Success (n)", importance: 90, hasN: true },
	},
	{
		name: "default_branch_success_rate",
		label: "Success on the default branch",
		unit: "rate",
		value: (m) => ratio(m.branchSucceeded, branchDecided(m)),
		n: branchDecided,
		nName: "default_branch_success_known",
		of: "run",
		about: "The same of the runs for the default branch; those of pull requests and forks are not among them.",
		better: "higher",
		beside: ["success_rate", "default branch {value} of {count}"],
		isWeekly: true,
	},
	{
		name: "first_pass_rate",
		label: "Success at the first attempt",
		unit: "rate",
		value: (m) => ratio(m.firstSucceeded, firstDecided(m)),
		n: firstDecided,
		nName: "first_pass_known",
		of: "run",
		about: "The share of the first attempts that succeeded or failed that succeeded.",
		better: "higher",
		beside: ["success_rate", "first try {value} of {count}"],
		isWeekly: true,
	},
	{
		name: "outcomes",
		label: "Outcomes",
		unit: "outcomes",
		value: countOutcomes,
		about: "All runs by the outcome of their newest attempt, the most frequent first.",
		beside: ["success_rate", "besides {remarks}"],
		isWorthShowing: (m) => m.runs > decided(m),
		remarks: nameUndecided,
	},
	{
		name: "neither_runs",
		label: "Runs that neither succeeded nor failed",
		unit: "count",
		value: (m) => m.runs - decided(m),
		about: "Runs that were cancelled, skipped, are not finished, or ended in another way that decides nothing.",
		isDataOnly: true,
	},
	{
		name: "rerun_rate",
		label: "Runs that were run again",
		short: "Re-runs",
		unit: "rate",
		value: (m) => ratio(m.reruns, m.runs),
		n: (m) => m.runs,
		of: "run",
		about: "The share of the runs with a second attempt.",
		better: "lower",
		column: { title: "Re-run", importance: 40 },
	},
	{
		name: "rerun_runs",
		label: "Runs with a second attempt",
		unit: "count",
		value: (m) => m.reruns,
		about: "Runs with a second attempt.",
		better: "lower",
		beside: ["rerun_rate", "{value} run again"],
	},
	{
		name: "flaky_rate",
		label: "Flaky runs",
		short: "Flaky",
		unit: "rate",
		value: (m) => ratio(m.flaky, m.judged),
		n: (m) => m.judged,
		of: "run",
		about:
			"The share of the runs with an attempt that succeeded or failed that failed and succeeded in a later attempt. A lower bound: nobody sees a flaky run that was not run again.",
		better: "lower",
		column: { title: "Flaky", importance: 55 },
	},
	{
		name: "flaky_runs",
		label: "Flaky runs, counted",
		unit: "count",
		value: (m) => m.flaky,
		n: (m) => m.judged,
		nName: "flaky_known",
		of: "run",
		about: "Runs that failed and succeeded in a later attempt.",
		better: "lower",
		beside: ["flaky_rate", "at least {value} flaky"],
	},
	{
		name: "duration_p50_seconds",
		label: "Duration, median",
		short: "Duration",
		unit: "seconds",
		value: (m) => median(m.durations),
		n: measured,
		of: "attempt",
		says: "median of {n}",
		about:
			"The median of all finished attempts, whatever their number and conclusion: from the start of the first to the end of the last job that ran. Attempts without a job that ran are left out.",
		better: "lower",
		column: { title: "p50", importance: 80 },
	},
	{
		name: "duration_p95_seconds",
		label: "Duration, 95th percentile",
		unit: "seconds",
		value: (m) => p95(m.durations, measured(m)),
		n: measured,
		nName: "duration_known",
		of: "attempt",
		about: "95 % of these attempts took no longer. Not known under 20 of them: the slowest one would decide it alone.",
		better: "lower",
		beside: ["duration_p50_seconds", "p95 {value}"],
		isWeekly: true,
		column: { title: "p95", importance: 70 },
	},
	{
		name: "duration_estimates",
		label: "Attempts without a job that ran",
		unit: "count",
		value: (m) => m.estimates,
		about: "Finished attempts without a job that ran. Their durations would be guesses, so they are in none.",
		beside: ["duration_p50_seconds", "{value} without a job that ran"],
	},
	{
		name: "queue_p50_seconds",
		label: "Waiting for a runner, median",
		short: "Queue",
		unit: "seconds",
		value: (m) => median(m.queues),
		n: queued,
		of: "attempt",
		says: "median of {n}",
		about:
			"The median time that an attempt waited: from the creation of the run, or the start of the re-run, to the start of its first job.",
		better: "lower",
		column: { title: "Queue p50", importance: 50 },
	},
	{
		name: "queue_p95_seconds",
		label: "Waiting for a runner, 95th percentile",
		unit: "seconds",
		value: (m) => p95(m.queues, queued(m)),
		n: queued,
		nName: "queue_known",
		of: "attempt",
		about: "95 % of these attempts waited no longer. Not known under 20 of them.",
		better: "lower",
		beside: ["queue_p50_seconds", "p95 {value}"],
		isWeekly: true,
		column: { title: "p95", importance: 45 },
	},
];

/** The figures of runs with those of their jobs. */
export const ciFigures: readonly Figure<CiMeasures>[] = [...runFigures, ...minuteFigures];

function countOutcomes({ outcomes }: RunMeasures): readonly OutcomeCount[] {
	return Object.entries(outcomes)
		.map(([outcome, runs]) => ({ outcome, runs }))
		.sort((one, other) => other.runs - one.runs || (one.outcome < other.outcome ? -1 : 1));
}

const maxNamed = 5;

/** `4 cancelled, 2 action required` */
function nameUndecided(m: RunMeasures): string[] {
	const undecided = countOutcomes(m).filter(({ outcome }) => !isSuccess(outcome) && !isFailure(outcome));
	const named = undecided
		.slice(0, maxNamed)
		.map(({ outcome, runs }) => `${formatCount(runs)} ${outcome.replaceAll("_", " ")}`);
	const left = undecided.slice(maxNamed).reduce((sum, { runs }) => sum + runs, 0);
	return [[...named, ...(left > 0 ? [`${formatCount(left)} other`] : [])].join(", ")];
}
