import { formatCount } from "@tidemark/text";
import { isFailure, isSuccess } from "../measures/conditions.ts";
import type { JobMeasures } from "../measures/jobs.ts";
import type { RunMeasures } from "../measures/runs.ts";
import { type Figure, type OutcomeCount, percentileFigures, ratio } from "./figure.ts";
import { minuteFigures } from "./jobs.ts";

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
	...percentileFigures<RunMeasures>({
		name: ["duration", "seconds"],
		nName: "duration_known",
		label: "Duration",
		short: "Duration",
		unit: "seconds",
		values: (m) => m.durations,
		of: "attempt",
		about:
			"duration of the finished attempts, whatever their number and conclusion: from the start of the first to the end of the last job that ran. Attempts without a job that ran are left out.",
		columns: [
			{ title: "p50", importance: 80 },
			{ title: "p95", importance: 70 },
		],
	}),
	{
		name: "duration_estimates",
		label: "Attempts without a job that ran",
		unit: "count",
		value: (m) => m.estimates,
		about: "Finished attempts without a job that ran. Their durations would be guesses, so they are in none.",
		beside: ["duration_p50_seconds", "{value} without a job that ran"],
	},
	...percentileFigures<RunMeasures>({
		name: ["queue", "seconds"],
		nName: "queue_known",
		label: "Waiting for a runner",
		short: "Queue",
		unit: "seconds",
		values: (m) => m.queues,
		of: "attempt",
		about:
			"time that an attempt waited: from the creation of the run, or the start of the re-run, to the start of its first job.",
		columns: [
			{ title: "Queue p50", importance: 50 },
			{ title: "p95", importance: 45 },
		],
	}),
];

export type CiMeasures = RunMeasures & JobMeasures;

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
