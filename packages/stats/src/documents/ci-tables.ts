import { runnerFigures } from "../figures/jobs.ts";
import { ciFigures } from "../figures/runs.ts";
import type { Grouping } from "../grouping.ts";
import { mergeCi, mergeJobs } from "../measures/ci.ts";
import type { CiFacts } from "../measures/read.ts";
import { type WorkflowId, workflowKey } from "../measures/workflows.ts";
import type { Cell, Column, Table } from "./document.ts";
import { figureCells, figureColumns } from "./figure-blocks.ts";
import { groupBy } from "./trends.ts";

/** Rows of a table that nobody asked for. */
const maxUnasked = 10;
const maxFlakyJobs = 3;
const inJson = "--json has all of them";

/** All tables of the CI. People see the one that they asked for, else those that are mostly asked for. */
export function ciTables(facts: CiFacts, by: Grouping | null): Table[] {
	const shows = by === null || by === "workflow" ? maxUnasked : 0;
	return [
		...(by === null ? [redTable(facts, shows)] : []),
		asked(workflowTable(facts), by),
		...(by === null ? [] : [redTable(facts, shows)]),
		asked(runnerTable(facts), by),
		asked(groupTable(facts, "repositories", "repository", by === "repository"), by),
		asked(groupTable(facts, "days", "day", by === "day"), by),
		flakyTable(facts, by === null || by === "workflow" ? maxFlakyJobs : 0),
	];
}

/** A table that was asked for is under the part's title, and whole. */
function asked(table: Table, by: Grouping | null): Table {
	if (table.by === by) return { ...table, title: null, shows: "all", elsewhere: "--json and --csv have all of them" };
	return by === null ? table : { ...table, shows: 0 };
}

/** Those with the most runs first. */
export function workflowTable(facts: CiFacts): Table {
	const jobs = groupBy(facts.jobs, workflowKey);
	const groups = [...groupBy(facts.runs, workflowKey)].map(([key, runs]) => {
		const { repository, workflow } = facts.workflows.name(toId(runs[0]));
		return { name: `${repository} ${workflow}`, repository, workflow, measures: mergeCi(runs, jobs.get(key) ?? []) };
	});
	return {
		kind: "table",
		name: "workflows",
		title: "Workflows",
		by: "workflow",
		columns: [repositoryColumn(facts), workflowColumn(100), ...figureColumns(ciFigures)],
		rows: groups
			.sort(byRuns)
			.map(({ repository, workflow, measures }) => [
				{ value: repository },
				{ value: workflow },
				...figureCells(ciFigures, measures),
			]),
		shows: maxUnasked,
		elsewhere: "--by workflow shows them",
	};
}

function toId(thing: WorkflowId | undefined): WorkflowId {
	return thing ?? { repositoryId: 0, workflowId: null };
}

function byRuns(
	one: { readonly name: string; readonly measures: { readonly runs: number } },
	other: { readonly name: string; readonly measures: { readonly runs: number } },
): number {
	return other.measures.runs - one.measures.runs || (one.name < other.name ? -1 : 1);
}

/** Jobs by their runner labels, those with the most minutes first. */
function runnerTable(facts: CiFacts): Table {
	const groups = [...groupBy(facts.jobs, ({ machine }) => machine.name)]
		.map(([name, cells]) => ({
			...{ name, runner: cells[0]?.machine.runner ?? null },
			measures: mergeJobs(cells),
		}))
		.filter(({ measures }) => measures.jobs > 0)
		.sort(
			(one, other) => other.measures.minutes - one.measures.minutes || ((one.name ?? "") < (other.name ?? "") ? -1 : 1),
		);
	return {
		kind: "table",
		name: "runners",
		title: "Runners",
		by: "runner",
		columns: [
			{ name: "labels", csv: "runner", title: "Runner", unit: "name", importance: 100, cutTo: 16 },
			{ name: "runner", csv: null, title: "Priced as", unit: "text", importance: 29 },
			...figureColumns(runnerFigures),
		],
		rows: groups.map(({ name, runner, measures }) => [
			{ value: name },
			{ value: runner },
			...figureCells(runnerFigures, measures),
		]),
		shows: maxUnasked,
		elsewhere: "--by runner shows them",
	};
}

/** Runs by repository, or by day. */
function groupTable(facts: CiFacts, name: string, by: "repository" | "day", isAsked: boolean): Table {
	const { timeline, workflows } = facts;
	const key = ({ repositoryId, piece }: { readonly repositoryId: number; readonly piece: number }) =>
		by === "day" ? (timeline?.findDay(piece) ?? 0) : repositoryId;
	const jobs = groupBy(facts.jobs, key);
	const groups = [...groupBy(facts.runs, key)].map(([group, runs]) => ({
		name: by === "day" ? (timeline?.days[group]?.date ?? "") : workflows.name(toId(runs[0])).repository,
		measures: mergeCi(runs, jobs.get(group) ?? []),
	}));
	const sorted = groups.sort(by === "day" ? (one, other) => (one.name < other.name ? -1 : 1) : byRuns);
	const title = by === "day" ? "Day" : "Repository";
	return {
		kind: "table",
		name,
		title: null,
		by,
		columns: [
			{ name: "name", csv: by, title, unit: "name", importance: 100, cutTo: 16, keepsEnd: true },
			...figureColumns(ciFigures),
		],
		rows:
			isAsked && timeline
				? sorted.map(({ name, measures }) => [{ value: name }, ...figureCells(ciFigures, measures)])
				: null,
		shows: 0,
		areDays: by === "day",
		elsewhere: "",
	};
}

/** What is red, and since when; what has been red for the longest comes first. */
export function redTable(facts: CiFacts, shows: number): Table {
	const red = facts.incidents
		.filter(({ closedAt }) => closedAt === null)
		.sort((one, other) => (one.openedAt < other.openedAt ? -1 : 1));
	return {
		kind: "table",
		name: "red",
		title: "Red on the default branch",
		columns: [
			repositoryColumn(facts),
			workflowColumn(100),
			{ name: "since", title: "Since", unit: "instant", importance: 95, tone: "bad" },
			{ name: "maybe_earlier", title: "", unit: "text", importance: 0 },
		],
		rows: red.map(({ repository, workflow, openedAt, isOpenedAtStart }): Cell[] => [
			{ value: repository },
			{ value: workflow },
			{ value: openedAt, ...(isOpenedAtStart && { words: "or earlier" }) },
			{ value: isOpenedAtStart },
		]),
		shows,
		elsewhere: inJson,
	};
}

export function flakyTable(facts: CiFacts, shows: number): Table {
	return {
		kind: "table",
		name: "flaky_jobs",
		title: "Flaky jobs: failed and succeeded for the same commit",
		columns: [
			repositoryColumn(facts),
			workflowColumn(60),
			{ name: "job", title: "Job", unit: "name", importance: 100, cutTo: 20 },
			{ name: "commits", title: "Commits", unit: "count", importance: 95 },
			{ name: "failures", title: "Failures", unit: "count", importance: 70 },
			{ name: "minutes_lost", title: "Lost", unit: "minutes", importance: 90 },
		],
		rows: facts.flakyJobs.map(({ repository, workflow, name, commits, failures, minutesLost }) =>
			[repository, workflow, name, commits, failures, minutesLost].map((value) => ({ value })),
		),
		shows,
		elsewhere: inJson,
	};
}

/** Workflows of the same name are common: with several repositories, each stands beside its own. */
export function repositoryColumn({ runs }: CiFacts): Column {
	const areSeveral = runs.some(({ repositoryId }) => repositoryId !== runs[0]?.repositoryId);
	return {
		...{ name: "repository", title: "Repository", unit: "name", cutTo: 12, keepsEnd: true },
		importance: areSeveral ? 98 : 0,
	};
}

export function workflowColumn(importance: number): Column {
	return { name: "workflow", title: "Workflow", unit: "name", importance, cutTo: 14 };
}
