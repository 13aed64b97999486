import type { RawAttempt, RawRun, RawWorkflow } from "../figures/raw.ts";
import { attemptOf, hastyAttempts } from "./attempts.ts";
import { iso } from "./moments.ts";
import type { Random } from "./random.ts";

type Story = Omit<RawRun, "id">;

export interface OtherRuns {
	readonly repository: string;
	readonly workflow: RawWorkflow;
	readonly defaultBranch: string;
	readonly moments: readonly number[];
	/** Nothing ends later. */
	readonly until: number;
}

const conclusions = [
	...Array.from({ length: 10 }, () => "success"),
	...["failure", "failure", "failure", "cancelled", "cancelled", "timed_out", "startup_failure"],
	...["skipped", "neutral", "action_required"],
];

/** Runs of pull requests, of forks and of other branches. */
export function otherRuns(random: Random, options: OtherRuns): Story[] {
	const fork = `stranger/${options.repository.split("/")[1]}`;
	// The branch of a fork may be called like the default branch.
	const kinds: readonly Pick<RawRun, "event" | "branch" | "headRepository">[] = [
		{ event: "pull_request", branch: "work/cache" },
		{ event: "pull_request", branch: "work/cache" },
		{ event: "push", branch: "work/cache" },
		{ event: "pull_request", branch: options.defaultBranch, headRepository: fork },
		{ event: "pull_request_target", branch: options.defaultBranch, headRepository: fork },
		{ event: "workflow_run", branch: options.defaultBranch, headRepository: fork },
		{ event: "pull_request", branch: "gone", headRepository: null },
		{ event: "push", branch: null },
	];
	let sha = random.hex(40);
	return options.moments.map((moment) => {
		// Several runs of a commit: on a branch they can be compared, of a pull request they cannot.
		if (random.chance(0.7)) sha = random.hex(40);
		const attempts = random.chance(0.06) ? hastyAttempts(random, moment) : attemptsOf(random, moment);
		return {
			createdAt: iso(moment),
			workflow: options.workflow,
			runNumber: 100_000 + Math.floor((moment % 1e9) / 1000),
			...random.pick(kinds),
			headSha: sha,
			attempts: attempts.filter(({ endedAt }) => Date.parse(endedAt ?? "") < options.until),
			...(random.chance(0.1) && { touchedAt: iso(moment + random.integer(1, 5) * 3_600_000) }),
		};
	});
}

function attemptsOf(random: Random, moment: number): RawAttempt[] {
	const attempts: RawAttempt[] = [];
	let start = moment + random.integer(0, 3) * 1000;
	do {
		const before = attempts.at(-1);
		const attempt = attemptOf(random, { start, conclusion: random.pick(conclusions), before, maxWait: 86_400 });
		attempts.push(attempt);
		const gap = random.chance(0.2) ? random.integer(3600, 5 * 86_400) : random.integer(10, 900);
		start = Date.parse(attempt.endedAt ?? "") + gap * 1000;
	} while (attempts.length < 3 && random.chance(0.25));
	return attempts;
}

/** What is going on at a moment: a run that waits, runs of which nobody knows the end, and one that runs again. */
export function unfinishedRuns(random: Random, options: OtherRuns): Story[] {
	const story = (moment: number, attempts: readonly RawAttempt[]): Story => ({
		createdAt: iso(moment),
		workflow: options.workflow,
		runNumber: 200_000 + Math.floor((moment % 1e9) / 1000),
		event: "pull_request",
		branch: "work/now",
		headSha: random.hex(40),
		attempts,
	});
	const [moment = 0] = options.moments;
	const failed = attemptOf(random, { start: moment, conclusion: "failure", maxWait: 60 });
	const runs = { startedAt: iso(options.until - 60_000) };
	return [story(moment, []), story(moment + 1000, [{ startedAt: iso(moment + 2000) }]), story(moment, [failed, runs])];
}
