import { type Rate, rateOf, sumOf } from "../figure.ts";
import type { AttemptTimes } from "./attempt-times.ts";
import { isFailure, isSuccess } from "./conditions.ts";
import type { JobCell } from "./job-cells.ts";
import type { RunCell } from "./run-cells.ts";
import { type PublicRepositories, type RunnerFigures, runnerFiguresOf } from "./runner-figures.ts";

/**
 * What is said about some runs. S is the conclusion success; F are failure, timed_out and startup_failure; whatever else
 * GitHub says counts in neither and is named.
 */
export interface CiFigures extends Pick<AttemptTimes, "duration" | "estimates" | "queue"> {
	readonly runs: number;
	readonly attempts: number;
	/** S / (S + F) of each run's newest attempt. */
	readonly success: Rate;
	/** The same of the runs for the default branch. */
	readonly onDefaultBranch: Rate;
	/** S / (S + F) of the first attempts. */
	readonly firstPass: Rate;
	/** All runs by what became of their newest attempt, the most frequent first: what is in S, in F, and in neither. */
	readonly outcomes: readonly { readonly outcome: string; readonly runs: number }[];
	/** Share of the runs of which a second attempt was made. */
	readonly rerun: Rate & { readonly runs: number };
	/**
	 * Runs that failed and succeeded in a later attempt, of those with an attempt in S or F. A lower bound: what nobody
	 * ran again is not seen.
	 */
	readonly flaky: Rate & { readonly runs: number };
	readonly runners: RunnerFigures;
}

/** Adds up cells and puts the percentiles, which cannot be added, beside them. */
export function ciFiguresOf(
	cells: readonly RunCell[],
	jobs: readonly JobCell[],
	times: AttemptTimes,
	publicRepositories: PublicRepositories,
): CiFigures {
	const count = (value: (cell: RunCell) => number) => sumOf(cells, value);
	const runs = count((cell) => cell.runs);
	const rerun = count((cell) => cell.rerun);
	const flaky = count((cell) => cell.flaky);
	const firstSucceeded = count((cell) => cell.firstSucceeded);
	return {
		runs,
		attempts: count((cell) => cell.attempts),
		success: successOf(cells),
		onDefaultBranch: successOf(cells.filter((cell) => cell.isOnDefaultBranch)),
		firstPass: rateOf(firstSucceeded, firstSucceeded + count((cell) => cell.firstFailed)),
		outcomes: outcomesOf(cells),
		rerun: { ...rateOf(rerun, runs), runs: rerun },
		flaky: {
			...rateOf(
				flaky,
				count((cell) => cell.judged),
			),
			runs: flaky,
		},
		...times,
		runners: runnerFiguresOf(jobs, publicRepositories),
	};
}

function successOf(cells: readonly RunCell[]): Rate {
	const runs = ({ runs }: RunCell) => runs;
	const succeeded = sumOf(
		cells.filter(({ outcome }) => isSuccess(outcome)),
		runs,
	);
	const failed = sumOf(
		cells.filter(({ outcome }) => isFailure(outcome)),
		runs,
	);
	return rateOf(succeeded, succeeded + failed);
}

function outcomesOf(cells: readonly RunCell[]): CiFigures["outcomes"] {
	return [...Map.groupBy(cells, ({ outcome }) => outcome)]
		.map(([outcome, cells]) => ({ outcome, runs: sumOf(cells, ({ runs }) => runs) }))
		.sort((one, other) => other.runs - one.runs || (one.outcome < other.outcome ? -1 : 1));
}
