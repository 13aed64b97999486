import { formatCount } from "@tidemark/text";
import { isFailure, isSuccess } from "../measures/conditions.ts";
import type { JobMeasures } from "../measures/jobs.ts";
import type { RunMeasures } from "../measures/runs.ts";
import { defineFigure, definePercentiles, defineRate, type Figure, type OutcomeCount } from "./figure.ts";
import { minuteFigures } from "./jobs.ts";

const countDecided = (m: RunMeasures) => m.succeeded + m.failed;

/**
 * The figures of runs. A run counts by its newest attempt: as succeeded, or as failed if it ended with failure, timed_out
 * or startup_failure. Whatever else GitHub reports counts in neither and is named.
 */
const runFigures: readonly Figure<RunMeasures>[] = [
	defineFigure("runs", "Runs", "count", (m) => m.runs, {
		about: "Workflow runs, by the time of their creation.",
		hasTrend: true,
		column: { title: "Runs", importance: 95 },
	}),
	defineFigure("attempts", "Attempts", "count", (m) => m.attempts, {
		about: "Attempts of these runs, the first ones included.",
		beside: ["runs", "{value} attempt{s}"],
	}),
	defineRate("success_rate", "Success", (m) => m.succeeded, {
		n: { count: countDecided, of: "run", name: "success_known" },
		about: "The share of the runs that succeeded or failed, by their newest attempt, that succeeded.",
		better: "higher",
		column: { title: "Success (n)", importance: 90, hasN: true },
	}),
	defineRate("default_branch_success_rate", "Success on the default branch", (m) => m.branchSucceeded, {
		n: { count: (m) => m.branchSucceeded + m.branchFailed, of: "run", name: "default_branch_success_known" },
		about: "The same of the runs for the default branch; those of pull requests and forks are not among them.",
		better: "higher",
		beside: ["success_rate", "default branch {value} of {count}"],
		isWeekly: true,
	}),
	defineRate("first_pass_rate", "Success at the first attempt", (m) => m.firstSucceeded, {
		n: { count: (m) => m.firstSucceeded + m.firstFailed, of: "run", name: "first_pass_known" },
		about: "The share of the first attempts that succeeded or failed that succeeded.",
		better: "higher",
		beside: ["success_rate", "first try {value} of {count}"],
		isWeekly: true,
	}),
	defineFigure("outcomes", "Outcomes", "outcomes", countOutcomes, {
		about: "All runs by the outcome of their newest attempt, the most frequent first.",
		beside: ["success_rate", "besides {remarks}"],
		isWorthShowing: (m) => m.runs > countDecided(m),
		remarks: (m) => [nameUndecided(m)],
	}),
	defineFigure("neither_runs", "Runs that neither succeeded nor failed", "count", (m) => m.runs - countDecided(m), {
		about: "Runs that were cancelled, skipped, are not finished, or ended in another way that decides nothing.",
		isDataOnly: true,
	}),
	defineRate("rerun_rate", "Runs that were run again", (m) => m.reruns, {
		n: { count: (m) => m.runs, of: "run" },
		short: "Re-runs",
		about: "The share of the runs with a second attempt.",
		better: "lower",
		column: { title: "Re-run", importance: 40 },
	}),
	defineFigure("rerun_runs", "Runs with a second attempt", "count", (m) => m.reruns, {
		about: "Runs with a second attempt.",
		better: "lower",
		beside: ["rerun_rate", "{value} run again"],
	}),
	defineRate("flaky_rate", "Flaky runs", (m) => m.flaky, {
		n: { count: (m) => m.judged, of: "run" },
		short: "Flaky",
		about:
			"The share of the runs with an attempt that succeeded or failed that failed and succeeded in a later attempt. A lower bound: nobody sees a flaky run that was not run again.",
		better: "lower",
		column: { title: "Flaky", importance: 55 },
	}),
	defineFigure("flaky_runs", "Flaky runs, counted", "count", (m) => m.flaky, {
		n: { count: (m) => m.judged, of: "run", name: "flaky_known" },
		about: "Runs that failed and succeeded in a later attempt.",
		better: "lower",
		beside: ["flaky_rate", "at least {value} flaky"],
	}),
	...definePercentiles<RunMeasures>("duration", "Duration", "seconds", (m) => m.durations, {
		of: "attempt",
		name: "duration_known",
		about:
			"duration of the finished attempts, whatever their number and conclusion: from the start of the first to the end of the last job that ran. Attempts without a job that ran are left out.",
		column: ["p50", 80, 70],
	}),
	defineFigure("duration_estimates", "Attempts without a job that ran", "count", (m) => m.estimates, {
		about: "Finished attempts without a job that ran. Their durations would be guesses, so they are in none.",
		beside: ["duration_p50_seconds", "{value} without a job that ran"],
	}),
	...definePercentiles<RunMeasures>("queue", "Waiting for a runner", "seconds", (m) => m.queues, {
		of: "attempt",
		name: "queue_known",
		short: "Queue",
		about:
			"time that an attempt waited: from the creation of the run, or the start of the re-run, to the start of its first job.",
		column: ["Queue p50", 50, 45],
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
function nameUndecided(m: RunMeasures): string {
	const undecided = countOutcomes(m).filter(({ outcome }) => !isSuccess(outcome) && !isFailure(outcome));
	const named = undecided
		.slice(0, maxNamed)
		.map(({ outcome, runs }) => `${formatCount(runs)} ${outcome.replaceAll("_", " ")}`);
	const left = undecided.slice(maxNamed).reduce((sum, { runs }) => sum + runs, 0);
	return [...named, ...(left > 0 ? [`${formatCount(left)} other`] : [])].join(", ");
}
