import type { RawAttempt, RawJob, RawRepository, RawRun, RawWorld } from "../raw.ts";

/** A job as the newest look at its attempt found it. Times are milliseconds, lengths seconds. */
export interface Job {
	readonly name: string;
	readonly conclusion: string;
	readonly labels: readonly string[];
	readonly queued: number;
	readonly started: number;
	readonly completed: number;
	readonly isCopy: boolean;
	/** It ran in this attempt: only such jobs have a duration, a queue time, minutes and a cost. */
	readonly isExecuted: boolean;
	/** No runner ever took it. */
	readonly isNeverStarted: boolean;
	readonly isImpossible: boolean;
}

export interface Attempt {
	readonly number: number;
	readonly isFinished: boolean;
	/** Null while it runs. */
	readonly conclusion: string | null;
	readonly started: number;
	/** The end of the last executed job; without one, when GitHub last touched the attempt. */
	readonly ended: number;
	readonly isEstimate: boolean;
	/** Null where its jobs are not known. */
	readonly jobs: readonly Job[] | null;
}

export interface Run {
	readonly id: number;
	readonly repository: RawRepository;
	readonly workflowId: number;
	readonly workflowName: string;
	readonly runNumber: number;
	readonly event: string;
	readonly sha: string;
	readonly isOnDefaultBranch: boolean;
	readonly created: number;
	/** Ascending, without those that GitHub has lost. */
	readonly attempts: readonly Attempt[];
	readonly lostAttempts: number;
	/** GitHub deleted it while it ran. */
	readonly isGone: boolean;
}

const failures = ["failure", "timed_out", "startup_failure"];

export function isFailure(conclusion: string | null): boolean {
	return conclusion !== null && failures.includes(conclusion);
}

export function isDecided(conclusion: string | null): boolean {
	return conclusion === "success" || isFailure(conclusion);
}

/** The runs of a world as they are known after all its looks. */
export function seeRuns(world: RawWorld): Run[] {
	const runs: Run[] = [];
	for (const repository of world.repositories) {
		for (const raw of repository.runs) {
			const run = seeRun(raw, repository, world);
			if (run !== undefined) runs.push(run);
		}
	}
	return runs;
}

function seeRun(raw: RawRun, repository: RawRepository, world: RawWorld): Run | undefined {
	// What GitHub has deleted stays as it was at the last look before.
	const looks = world.looks.map((look) => Date.parse(look));
	const seenAt = looks.filter((look) => raw.deletedAt === undefined || look < Date.parse(raw.deletedAt)).at(-1);
	const created = Date.parse(raw.createdAt);
	if (seenAt === undefined || seenAt < created) return undefined;
	const hasJobs = !world.runsWithoutJobs.includes(raw.id);
	const lost = world.lostAttempts.filter(({ run }) => run === raw.id).map(({ attempt }) => attempt);
	const listed = listedJobs(raw.attempts);
	const attempts: Attempt[] = [];
	for (const [index, attempt] of raw.attempts.entries()) {
		if (Date.parse(attempt.startedAt) > seenAt) break;
		if (lost.includes(index + 1)) continue;
		const isNewest =
			raw.attempts[index + 1] === undefined || Date.parse(raw.attempts[index + 1]?.startedAt ?? "") > seenAt;
		const touched = isNewest && raw.touchedAt !== undefined ? Date.parse(raw.touchedAt) : 0;
		attempts.push(seeAttempt(attempt, { index, listed, seenAt, hasJobs, touched: touched <= seenAt ? touched : 0 }));
	}
	// A run that waits for its first attempt is an unfinished first attempt.
	if (raw.attempts.length === 0) attempts.push({ ...queued, started: created, ended: created });
	const newest = attempts.at(-1);
	return {
		id: raw.id,
		repository,
		workflowId: raw.workflow.id,
		workflowName: raw.workflow.name ?? raw.workflow.path,
		runNumber: raw.runNumber ?? 0,
		event: raw.event,
		sha: raw.headSha,
		isOnDefaultBranch: isOnDefaultBranch(raw, repository),
		created,
		attempts,
		lostAttempts: lost.length,
		isGone: raw.deletedAt !== undefined && newest?.isFinished === false,
	};
}

const queued = { number: 1, isFinished: false, conclusion: null, isEstimate: true, jobs: null };

/** A pull request is for another branch, and the branch of a fork may be called the same. */
function isOnDefaultBranch({ branch, event, headRepository }: RawRun, { defaultBranch, repository }: RawRepository) {
	if (branch !== defaultBranch) return false;
	if (event === "pull_request" || event === "pull_request_target") return false;
	return (headRepository ?? repository).toLowerCase() === repository.toLowerCase();
}

/** The jobs that GitHub lists for each attempt: its own, and those it took over from the attempt before. */
function listedJobs(attempts: readonly RawAttempt[]): RawJob[][] {
	const lists: RawJob[][] = [];
	for (const { jobs = [], copiesJobs } of attempts) {
		const before = copiesJobs === undefined ? [] : (lists.at(-1) ?? []);
		lists.push([...before.filter(({ conclusion }) => conclusion === "success"), ...jobs]);
	}
	return lists;
}

interface Place {
	readonly index: number;
	readonly listed: readonly (readonly RawJob[])[];
	readonly seenAt: number;
	readonly hasJobs: boolean;
	readonly touched: number;
}

function seeAttempt(raw: RawAttempt, { index, listed, seenAt, hasJobs, touched }: Place): Attempt {
	const started = Date.parse(raw.startedAt);
	const isFinished = raw.endedAt !== undefined && Date.parse(raw.endedAt) <= seenAt;
	const base = { number: index + 1, isFinished, started };
	if (!isFinished) return { ...base, conclusion: null, ended: started, isEstimate: true, jobs: null };
	const jobs: Job[] | null = hasJobs ? [] : null;
	let ended = 0;
	for (const job of hasJobs ? (listed[index] ?? []) : []) {
		const seen = seeJob(job, { started, lower: listed.slice(0, index).flat(), isFirst: index === 0 });
		jobs?.push(seen);
		if (seen.isExecuted) ended = Math.max(ended, seen.completed);
	}
	const isEstimate = ended === 0;
	if (isEstimate) ended = Math.max(Date.parse(raw.endedAt ?? raw.startedAt), touched);
	return { ...base, conclusion: raw.conclusion ?? "success", ended, isEstimate, jobs };
}

interface JobPlace {
	readonly started: number;
	/** The jobs of all lower attempts. */
	readonly lower: readonly RawJob[];
	readonly isFirst: boolean;
}

function seeJob(raw: RawJob, attempt: JobPlace): Job {
	const [queued, started, completed] = [raw.createdAt, raw.startedAt, raw.completedAt].map((time) => Date.parse(time));
	const times = { queued: queued ?? 0, started: started ?? 0, completed: completed ?? 0 };
	let isCopy = !attempt.isFirst && times.started < attempt.started - 60_000;
	for (const { name, startedAt, completedAt } of attempt.lower) {
		if (name === raw.name && startedAt === raw.startedAt && completedAt === raw.completedAt) isCopy = true;
	}
	const { runner_name: name = raw.runnerName ?? (raw.runnerName === null ? "" : "a runner"), steps = raw.steps ?? [] } =
		raw.override ?? {};
	const hasRun = name !== "" || (Array.isArray(steps) && steps.length > 0);
	const counts = raw.conclusion !== "skipped" && !isCopy;
	return {
		name: raw.name,
		conclusion: raw.conclusion,
		labels: raw.labels,
		...times,
		isCopy,
		isExecuted: counts && hasRun && times.completed >= times.started,
		isNeverStarted: counts && !hasRun,
		isImpossible: counts && times.completed < times.started,
	};
}

export function secondsOf(job: Job): number {
	return (job.completed - job.started) / 1000;
}
