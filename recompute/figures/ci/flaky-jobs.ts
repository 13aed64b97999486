import { compareText, grouped, sorted } from "../numbers.ts";
import { jobsOf, type PlacedJob } from "./minutes.ts";
import { isFlaky } from "./rates.ts";
import { isFailure, type Run, secondsOf } from "./seen.ts";

/** Jobs that both failed and succeeded for one commit, and what the failed jobs of flaky runs took. */
export function flakinessOf(runs: readonly Run[], nameOf: (run: Run) => string) {
	const executed = jobsOf(runs).filter(({ job }) => job.isExecuted);
	let flakySeconds = 0;
	for (const { run, job } of executed) if (isFlaky(run) && isFailure(job.conclusion)) flakySeconds += secondsOf(job);
	const found = new Map<string, Found>();
	for (const tries of grouped(executed, triesOf).values()) addTries(found, tries, nameOf);
	const jobs = [...found.values()].map(({ seconds, ...job }) => ({ ...job, minutes_lost: toMinutes(seconds) }));
	return {
		flaky_minutes: toMinutes(flakySeconds),
		flaky_jobs: sorted(jobs, (one, other) => {
			return other.commits - one.commits || other.minutes_lost - one.minutes_lost || compareText(one.job, other.job);
		}),
	};
}

interface Found {
	readonly repository: string;
	readonly workflow: string;
	readonly job: string;
	commits: number;
	failures: number;
	seconds: number;
}

/** What is compared: one job of a workflow and a commit, across runs only where nothing else can have changed. */
function triesOf({ run, job }: PlacedJob): string {
	const isComparable = run.event === "push" || run.event === "schedule";
	return [run.repository.id, run.workflowId, job.name, isComparable ? run.sha : run.id].join("\n");
}

function addTries(found: Map<string, Found>, tries: readonly PlacedJob[], nameOf: (run: Run) => string): void {
	const failed = tries.filter(({ job }) => isFailure(job.conclusion));
	const [first] = failed;
	if (first === undefined || !tries.some(({ job }) => job.conclusion === "success")) return;
	const { run, job } = first;
	const key = [run.repository.id, run.workflowId, job.name].join("\n");
	const known = found.get(key) ?? {
		repository: run.repository.repository,
		workflow: nameOf(run),
		job: job.name,
		commits: 0,
		failures: 0,
		seconds: 0,
	};
	found.set(key, known);
	known.commits++;
	known.failures += failed.length;
	for (const each of failed) known.seconds += secondsOf(each.job);
}

function toMinutes(seconds: number): number {
	return Math.round((seconds / 60) * 1e6) / 1e6;
}
