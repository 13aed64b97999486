import type { RawAttempt, RawJob } from "../figures/raw.ts";
import { executedJob, neverStartedJob, skippedJob, strayJob } from "./jobs.ts";
import { iso } from "./moments.ts";
import type { Random } from "./random.ts";

export interface AttemptOptions {
	readonly start: number;
	readonly conclusion: string;
	/** The attempt before, of a re-run. */
	readonly before?: RawAttempt | undefined;
	/** Seconds that a job waits for a runner at most. */
	readonly maxWait: number;
}

/** Attempts that end like this have no jobs at all, or only some that never ran. */
const emptyEnds = ["startup_failure", "action_required"];

/** An attempt with jobs that fit to its end. */
export function attemptOf(random: Random, { start, conclusion, before, maxWait }: AttemptOptions): RawAttempt {
	const isRerun = before !== undefined;
	const copies = isRerun && random.chance(0.7) ? random.pick(["same-id", "new-id"] as const) : undefined;
	const jobs = emptyEnds.includes(conclusion) ? [] : jobsOf(random, { start, conclusion, before, maxWait });
	if (isRerun && random.chance(0.06)) jobs.push(strayJob(random, start));
	const ends = jobs.map(({ completedAt }) => Date.parse(completedAt));
	return {
		startedAt: iso(start),
		endedAt: iso(Math.max(start + 5000, ...ends) + random.integer(0, 8) * 1000),
		conclusion,
		jobs,
		...(copies && { copiesJobs: copies }),
	};
}

function jobsOf(random: Random, { start, conclusion, before, maxWait }: AttemptOptions): RawJob[] {
	const options = (index: number, end: string, isPlain: boolean) => {
		return { index, start, conclusion: end, isRerun: before !== undefined, isPlain };
	};
	if (conclusion === "skipped") return [skippedJob(random, 0, start)];
	const count = random.integer(1, 4);
	// The first job decides how the attempt ends.
	const first = conclusion === "neutral" ? "success" : conclusion;
	const jobs = [executedJob(random, options(0, first, true))];
	for (let index = 1; index < count; index++)
		jobs.push(executedJob(random, options(index, othersOf(random, first), false)));
	if (random.chance(0.15)) jobs.push(skippedJob(random, 5, start));
	const isRefused = conclusion === "failure" && random.chance(0.15);
	if (isRefused) jobs.push(neverStartedJob(random, options(6, "failure", false), maxWait));
	if (conclusion === "cancelled" && random.chance(0.6)) {
		jobs.push(neverStartedJob(random, options(6, "cancelled", false), maxWait));
		// Sometimes nothing ran at all.
		if (random.chance(0.3)) jobs.shift();
	}
	return jobs;
}

/** How the other jobs of an attempt end. */
function othersOf(random: Random, first: string): string {
	if (first === "success" || random.chance(0.5)) return "success";
	return random.pick([first, "cancelled", "failure"]);
}

/**
 * Re-run so soon that the jobs that were taken over seem to have started within a minute of the new attempt.
 */
export function hastyAttempts(random: Random, start: number): RawAttempt[] {
	const job = (name: string, from: number, length: number, conclusion: string): RawJob => ({
		name,
		createdAt: iso(from),
		startedAt: iso(from + 2000),
		completedAt: iso(from + (2 + length) * 1000),
		conclusion,
		labels: ["ubuntu-latest"],
	});
	const again = start + 30_000;
	return [
		{
			startedAt: iso(start),
			endedAt: iso(start + 20_000),
			conclusion: "failure",
			jobs: [job("lint", start, 5, "success"), job("build", start, random.integer(8, 15), "failure")],
		},
		{
			startedAt: iso(again),
			endedAt: iso(again + 40_000),
			conclusion: "success",
			jobs: [job("build", again, random.integer(20, 30), "success")],
			copiesJobs: random.pick(["same-id", "new-id"] as const),
		},
	];
}
