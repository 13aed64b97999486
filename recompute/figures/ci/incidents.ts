import { grouped, percentile, sorted } from "../numbers.ts";
import { moment } from "../zone.ts";
import { type Attempt, isDecided, isFailure, type Run } from "./seen.ts";

/** A time in which a workflow was red on the default branch. Milliseconds. */
interface Incident {
	readonly run: Run;
	readonly opened: number;
	/** Nothing is known of the time before. */
	readonly maybeEarlier: boolean;
	/** Null while it is red. */
	readonly closed: number | null;
	readonly isSameCommit: boolean;
}

/** What is red now, whatever the period. */
export function redOf(runs: readonly Run[], nameOf: (run: Run) => string) {
	const open = incidentsOf(runs).filter(({ run, closed }) => closed === null && isEnabled(run));
	return sorted(open, (one, other) => one.opened - other.opened).map(({ run, opened, maybeEarlier }) => ({
		repository: run.repository.repository,
		workflow: nameOf(run),
		since: moment(opened),
		maybe_earlier: maybeEarlier,
	}));
}

function isEnabled({ repository, workflowId }: Run): boolean {
	const workflow = repository.workflows.find(({ id }) => id === workflowId);
	return (workflow?.state ?? "active") === "active";
}

/** The incidents that were closed in the period, whenever they were opened. */
export function timeToGreenOf(runs: readonly Run[], since: number) {
	const seconds: number[] = [];
	let sameCommit = 0;
	for (const { opened, closed, isSameCommit } of incidentsOf(runs)) {
		if (closed === null || closed < since) continue;
		seconds.push((closed - opened) / 1000);
		if (isSameCommit) sameCommit++;
	}
	return {
		median_seconds: percentile(seconds, 0.5),
		closed: seconds.length,
		closed_by_same_commit: sameCommit,
	};
}

function incidentsOf(runs: readonly Run[]): Incident[] {
	const onDefault = runs.filter(({ isOnDefaultBranch }) => isOnDefaultBranch);
	const workflows = grouped(onDefault, ({ repository, workflowId }) => `${repository.id} ${workflowId}`);
	return [...workflows.values()].flatMap(incidentsOfWorkflow);
}

function incidentsOfWorkflow(runs: readonly Run[]): Incident[] {
	const inOrder = sorted(runs, (one, other) => one.runNumber - other.runNumber || one.id - other.id);
	const incidents: Incident[] = [];
	let open: Omit<Incident, "closed" | "isSameCommit"> | undefined;
	let failedSha = "";
	let isFirst = true;
	for (const [index, run] of inOrder.entries()) {
		const attempts = run.attempts.filter((attempt) => !isSuperseded(attempt, inOrder.slice(index + 1)));
		const newest = attempts.at(-1);
		if (newest === undefined || !isDecided(newest.conclusion)) continue;
		if (isFailure(newest.conclusion)) {
			const opened = attempts.find(({ conclusion }) => isFailure(conclusion))?.ended ?? newest.ended;
			open ??= { run, opened, maybeEarlier: isFirst };
			failedSha = run.sha;
		} else if (open !== undefined) {
			incidents.push({ ...open, closed: newest.ended, isSameCommit: run.sha === failedSha });
			open = undefined;
		}
		isFirst = false;
	}
	return open === undefined ? incidents : [...incidents, { ...open, closed: null, isSameCommit: false }];
}

/** A re-run that ended after a newer run had been decided says nothing of the branch any more. */
function isSuperseded({ number, ended }: Attempt, newer: readonly Run[]): boolean {
	if (number === 1) return false;
	return newer.some(({ attempts }) => attempts.some((other) => isDecided(other.conclusion) && other.ended <= ended));
}
