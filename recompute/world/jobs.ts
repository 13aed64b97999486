import type { RawJob } from "../figures/raw.ts";
import { iso } from "./moments.ts";
import type { Random } from "./random.ts";

const names = ["lint", "build", "test (node 20)", "test (node 24)", "test (windows)", "e2e", "docs: überprüfen"];
const labels = [
	...Array.from({ length: 6 }, () => ["ubuntu-latest"]),
	["ubuntu-22.04"],
	["ubuntu-24.04-arm"],
	["ubuntu-slim"],
	["windows-latest"],
	["windows-latest"],
	["macos-latest"],
	["macos-14-xlarge"],
	["ubuntu-latest-8-cores"],
	["x64", "self-hosted", "linux"],
	["linux", "x64", "self-hosted"],
	["gpu-box"],
	[],
];

/** Lengths in seconds at which rounding to minutes turns. */
const turningLengths = [0, 1, 59, 60, 61, 119, 120, 121, 3600];

export interface JobOptions {
	readonly index: number;
	/** When the attempt started. */
	readonly start: number;
	readonly conclusion: string;
	readonly isRerun: boolean;
	/** No oddities: its attempt must have a job that ran. */
	readonly isPlain: boolean;
}

/** A job that a runner took. */
export function executedJob(random: Random, { index, start, conclusion, isRerun, isPlain }: JobOptions): RawJob {
	const isOdd = !isPlain && random.chance(0.3);
	// GitHub's own clocks differ: up to a minute before its attempt a job may seem to have started.
	const isEarly = isOdd && isRerun && random.chance(0.4);
	const queued = isEarly ? start - 60_000 : start + random.integer(0, 5) * 1000;
	const wait = isEarly
		? random.pick([0, 20])
		: random.chance(0.05)
			? random.integer(600, 1500)
			: random.integer(1, 240);
	const started = queued + wait * 1000;
	const length = random.chance(0.2) ? random.pick(turningLengths) : random.integer(20, 1500);
	const isImpossible = isOdd && random.chance(0.2);
	const completed = isImpossible ? started - random.integer(1, 9) * 1000 : started + length * 1000;
	return {
		name: names[index % names.length] ?? "build",
		createdAt: iso(queued),
		startedAt: iso(started),
		completedAt: iso(completed),
		conclusion,
		labels: random.pick(labels),
		...runnerOf(random, started, completed),
	};
}

/** A runner, steps, or both show that a job ran. */
function runnerOf(random: Random, started: number, completed: number): Partial<RawJob> {
	const steps = [{ name: "Run tests", startedAt: iso(started), completedAt: iso(Math.max(started, completed)) }];
	if (random.chance(0.05)) return { runnerName: null, steps };
	return random.chance(0.3) ? { steps } : {};
}

/** A job that waited for a runner until it was cancelled, or was refused at once because the money was spent. */
export function neverStartedJob(random: Random, { index, start, conclusion }: JobOptions, maxWait: number): RawJob {
	const queued = start + random.integer(0, 60) * 1000;
	const wait = conclusion === "failure" ? random.integer(1, 3) : random.integer(300, maxWait);
	const isBare = random.chance(0.5);
	return {
		name: `${names[index % names.length]} (waiting)`,
		createdAt: iso(queued),
		startedAt: iso(queued),
		completedAt: iso(queued + wait * 1000),
		conclusion,
		labels: random.pick(labels),
		...(isBare ? { runnerName: null } : { override: { runner_id: 0, runner_name: "", steps: [] } }),
	};
}

/** GitHub lists jobs that were skipped, at times that make no sense. */
export function skippedJob(random: Random, index: number, start: number): RawJob {
	const at = start + random.integer(0, 20) * 1000;
	return {
		name: `${names[index % names.length]} (maybe)`,
		createdAt: iso(at),
		startedAt: iso(at),
		completedAt: iso(at - random.integer(0, 2) * 1000),
		conclusion: "skipped",
		labels: random.pick(labels),
		override: { runner_id: 0, runner_name: "", steps: [] },
	};
}

/** Neither this attempt's nor one that is known to be of another: it began long before its attempt. */
export function strayJob(random: Random, start: number): RawJob {
	return {
		...executedJob(random, { index: 1, start: start - 900_000, conclusion: "success", isRerun: false, isPlain: true }),
		name: "cache (stray)",
	};
}
