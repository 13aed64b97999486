import type { RawAttempt, RawRun, RawWorkflow } from "../figures/raw.ts";
import { type AttemptOptions, attemptOf } from "./attempts.ts";
import { iso } from "./moments.ts";
import type { Random } from "./random.ts";

const hourMs = 3_600_000;

export interface Line {
	readonly workflow: RawWorkflow;
	readonly event: string;
	readonly branch: string;
	/** Ascending, at least three hours apart: of two runs at once nobody could say which came first. */
	readonly moments: readonly number[];
	/** How the last decided run ends. */
	readonly ending: "success" | "failure";
	/** Runs that are re-run after a newer one had been decided, counted from the end. */
	readonly superseded: readonly number[];
	/** Names the branch's own repository in other letters. */
	readonly headRepository?: string;
}

type Story = Omit<RawRun, "id">;

/** The runs of one workflow on the default branch: green and red times, flaky ones, and late re-runs of old runs. */
export function defaultBranchRuns(random: Random, line: Line): Story[] {
	const runs: Story[] = [];
	let isRed = false;
	let failedSha: string | undefined;
	for (const [index, moment] of line.moments.entries()) {
		const isLast = index === line.moments.length - 1;
		const result = isLast ? line.ending : nextResult(random, isRed);
		const attempts = attemptsOf(random, { start: moment + random.integer(0, 3) * 1000, result, isRed });
		// The same commit again: what failed and then succeeded is flaky rather than repaired.
		const isSameCommit = failedSha !== undefined && random.chance(0.3);
		const headSha = isSameCommit && failedSha !== undefined ? failedSha : random.hex(40);
		failedSha = result === "failure" ? headSha : result === "success" ? undefined : failedSha;
		if (result === "success") isRed = false;
		if (result === "failure" || result === "timed_out") isRed = true;
		runs.push({
			createdAt: iso(moment),
			workflow: line.workflow,
			runNumber: index + 1,
			event: line.event,
			branch: line.branch,
			headSha,
			...(line.headRepository !== undefined && random.chance(0.3) && { headRepository: line.headRepository }),
			attempts,
			...(random.chance(0.1) && { touchedAt: iso(moment + random.integer(1, 48) * hourMs) }),
		});
	}
	for (const fromEnd of line.superseded) rerunLate(random, runs, fromEnd);
	return runs;
}

const undecided = ["cancelled", "skipped", "neutral", "action_required"];

/** An attempt without jobs, which has no end of its own, neither opens nor closes anything here. */
function nextResult(random: Random, isRed: boolean): string {
	if (random.chance(0.1)) return random.pick(undecided);
	if (!isRed) return random.chance(0.8) ? "success" : random.pick(["failure", "failure", "timed_out"]);
	return random.chance(0.45) ? "success" : random.pick(["failure", "failure", "timed_out", "startup_failure"]);
}

function attemptsOf(
	random: Random,
	{ start, result, isRed }: { start: number; result: string; isRed: boolean },
): RawAttempt[] {
	const isRerun = random.chance(0.2) && !["skipped", "startup_failure", "action_required"].includes(result);
	const first = isRerun && (isRed || result !== "failure" || random.chance(0.8)) ? "failure" : result;
	const attempts = [attemptOf(random, { start, conclusion: first, maxWait: 1200 })];
	if (!isRerun) return attempts;
	if (random.chance(0.3)) attempts.push(again(random, attempts, "failure"));
	attempts.push(again(random, attempts, result));
	return attempts;
}

/** One more attempt, soon after the one before. */
function again(random: Random, attempts: readonly RawAttempt[], conclusion: string): RawAttempt {
	const before = attempts.at(-1);
	const start = Date.parse(before?.endedAt ?? "") + random.integer(5, 600) * 1000;
	return attemptOf(random, { start, conclusion, before, maxWait: 600 } satisfies AttemptOptions);
}

/** The opposite result of a run that had been overtaken. */
function rerunLate(random: Random, runs: Story[], fromEnd: number): void {
	const run = runs.at(-1 - fromEnd);
	const newer = runs.at(-fromEnd);
	const before = run?.attempts.at(-1);
	if (run === undefined || newer === undefined || before === undefined) return;
	const start = Date.parse(newer.attempts.at(-1)?.endedAt ?? "") + hourMs;
	const conclusion = before.conclusion === "success" ? "failure" : "success";
	const late = attemptOf(random, { start, conclusion, before, maxWait: 600 });
	runs[runs.indexOf(run)] = { ...run, attempts: [...run.attempts, late] };
}
