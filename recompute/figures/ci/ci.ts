import { bucketRecord, bucketsOf, inBuckets } from "../buckets.ts";
import { numberBetween } from "../expectation.ts";
import { compareText, grouped, sorted } from "../numbers.ts";
import type { RawWorld } from "../raw.ts";
import type { View } from "../view.ts";
import { dateIn, moment } from "../zone.ts";
import { flakinessOf } from "./flaky-jobs.ts";
import { redOf, timeToGreenOf } from "./incidents.ts";
import { jobsOf, minutesOf, neverStartedOf } from "./minutes.ts";
import { changesOf } from "./pulls.ts";
import { ratesOf } from "./rates.ts";
import { machineOf } from "./runner-prices.ts";
import { type Run, seeRuns } from "./seen.ts";
import { jobQueuesOf, timesOf } from "./times.ts";

/** All figures of CI as `stats --json` names them, less what only the ingestion knows. */
export function ciOf(world: RawWorld, { since, now, zone, by }: View) {
	const everything = seeRuns(world);
	const runs = everything.filter(({ created }) => created >= since);
	const nameOf = namesOf(runs);
	const buckets = runs.length === 0 ? null : bucketsOf(since, now, zone);
	const trend = buckets === null ? [] : inBuckets(buckets, runs, ({ created }) => created);
	return {
		newest_ever: everything.length === 0 ? null : moment(Math.max(...everything.map(({ created }) => created))),
		buckets: buckets && bucketRecord(buckets),
		total: { ...figuresOf(runs), trend: { runs: trend.map(({ length }) => length) } },
		workflows: workflowsOf(runs, nameOf),
		runners: runnersOf(runs),
		repositories: by === "repository" ? byRuns(namedGroups(runs, ({ repository }) => repository.repository)) : null,
		days: by === "day" ? byName(namedGroups(runs, ({ created }) => dateIn(zone, created))) : null,
		red: redOf(everything, namesOf(everything)).map((red) => {
			const age = (now - Date.parse(red.since)) / 1000;
			return { ...red, age_seconds: numberBetween(age, age + 60) };
		}),
		time_to_green: timeToGreenOf(everything, since),
		...flakinessOf(runs, nameOf),
		...changesOf(world, since),
		completeness: completenessOf(world, runs),
	};
}

function figuresOf(runs: readonly Run[]) {
	const jobs = jobsOf(runs);
	return { ...ratesOf(runs), ...timesOf(runs), ...minutesOf(jobs), ...neverStartedOf(jobs) };
}

function keyOf({ repository, workflowId }: Run): string {
	return `${repository.id} ${workflowId}`;
}

/** Workflows are called as their newest run calls them. */
function namesOf(runs: readonly Run[]): (run: Run) => string {
	const newest = new Map<string, Run>();
	for (const run of runs) {
		const known = newest.get(keyOf(run));
		if (known === undefined || run.created >= known.created) newest.set(keyOf(run), run);
	}
	return (run) => newest.get(keyOf(run))?.workflowName ?? run.workflowName;
}

function workflowsOf(runs: readonly Run[], nameOf: (run: Run) => string) {
	const groups: { repository: string; workflow: string; runs: number }[] = [];
	for (const [first, ...rest] of grouped(runs, keyOf).values()) {
		if (first === undefined) continue;
		const { repository } = first.repository;
		groups.push({ repository, workflow: nameOf(first), ...figuresOf([first, ...rest]) });
	}
	const name = ({ repository, workflow }: (typeof groups)[number]) => `${repository} ${workflow}`;
	return sorted(groups, (one, other) => other.runs - one.runs || compareText(name(one), name(other)));
}

function namedGroups(runs: readonly Run[], nameOf: (run: Run) => string) {
	return [...grouped(runs, nameOf)].map(([name, same]) => ({ name, ...figuresOf(same) }));
}

type NamedGroup = ReturnType<typeof namedGroups>[number];

function byRuns(groups: readonly NamedGroup[]): NamedGroup[] {
	return sorted(groups, (one, other) => other.runs - one.runs || compareText(one.name, other.name));
}

function byName(groups: readonly NamedGroup[]): NamedGroup[] {
	return sorted(groups, (one, other) => compareText(one.name, other.name));
}

function runnersOf(runs: readonly Run[]) {
	const executed = jobsOf(runs).filter(({ job }) => job.isExecuted);
	const groups = [...grouped(executed, ({ labels }) => labels)].map(([labels, jobs]) => ({
		labels,
		runner: machineOf(labels).runner,
		...minutesOf(jobs),
		...jobQueuesOf(jobs.map(({ job }) => job)),
	}));
	return sorted(groups, (one, other) => {
		return (other.minutes ?? 0) - (one.minutes ?? 0) || compareText(one.labels ?? "", other.labels ?? "");
	});
}

function completenessOf(world: RawWorld, runs: readonly Run[]) {
	const jobs = jobsOf(runs);
	let jobsToCome = 0;
	let lost = 0;
	for (const { attempts, lostAttempts, isGone } of runs) {
		lost += lostAttempts;
		for (const { isFinished, jobs } of attempts) if (isFinished && jobs === null && !isGone) jobsToCome++;
	}
	return {
		last_sweep: world.repositories.length === 0 ? null : moment(Date.parse(world.looks.at(-1) ?? "")),
		never_swept: 0,
		jobs_to_come: jobsToCome,
		deleted_runs: runs.filter(({ isGone }) => isGone).length,
		lost_attempts: lost,
		copied_jobs: jobs.filter(({ job }) => job.isCopy).length,
		impossible_jobs: jobs.filter(({ job }) => job.isImpossible).length,
		pauses: [],
	};
}
