import { compareText, grouped, rateOf, sorted } from "../numbers.ts";
import { isDecided, isFailure, type Run } from "./seen.ts";

/** Success, first pass, re-runs, flakiness and outcomes of some runs. */
export function ratesOf(runs: readonly Run[]) {
	let attempts = 0;
	const success = { part: 0, known: 0 };
	const onDefault = { part: 0, known: 0 };
	const firstPass = { part: 0, known: 0 };
	const flaky = { part: 0, known: 0 };
	let rerun = 0;
	for (const run of runs) {
		attempts += run.attempts.length;
		const newest = run.attempts.at(-1);
		if (newest !== undefined && newest.number > 1) rerun++;
		count(success, newest?.conclusion ?? null);
		if (run.isOnDefaultBranch) count(onDefault, newest?.conclusion ?? null);
		for (const { number, conclusion } of run.attempts) if (number === 1) count(firstPass, conclusion);
		if (run.attempts.some(({ conclusion }) => isDecided(conclusion))) flaky.known++;
		if (isFlaky(run)) flaky.part++;
	}
	return {
		runs: runs.length,
		attempts,
		...named("success", success),
		...named("default_branch_success", onDefault),
		...named("first_pass", firstPass),
		neither_runs: runs.length - success.known,
		...named("rerun", { part: rerun, known: runs.length }, { runs: rerun }),
		...named("flaky", flaky, { runs: flaky.part, known: flaky.known }),
		outcomes: outcomesOf(runs),
	};
}

interface Count {
	part: number;
	known: number;
}

function count(counted: Count, conclusion: string | null): void {
	if (!isDecided(conclusion)) return;
	counted.known++;
	if (conclusion === "success") counted.part++;
}

function named(name: string, { part, known }: Count, counts: Readonly<Record<string, number>> = { known }) {
	const { rate, low, high } = rateOf(part, known);
	const record: Record<string, number | null> = {
		[`${name}_rate`]: rate,
		[`${name}_low`]: low,
		[`${name}_high`]: high,
	};
	for (const [each, value] of Object.entries(counts)) record[`${name}_${each}`] = value;
	return record;
}

/** An attempt failed, and a later one succeeded. */
export function isFlaky({ attempts }: Run): boolean {
	let hasFailed = false;
	for (const { conclusion } of attempts) {
		if (isFailure(conclusion)) hasFailed = true;
		if (hasFailed && conclusion === "success") return true;
	}
	return false;
}

function outcomesOf(runs: readonly Run[]) {
	const outcomes = [...grouped(runs, outcomeOf)].map(([outcome, same]) => ({ outcome, runs: same.length }));
	return sorted(outcomes, (one, other) => other.runs - one.runs || compareText(one.outcome, other.outcome));
}

function outcomeOf({ attempts, isGone }: Run): string {
	const newest = attempts.at(-1);
	if (newest?.isFinished) return newest.conclusion ?? "no conclusion";
	return isGone ? "deleted unfinished" : "not finished";
}
