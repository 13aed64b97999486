import { runnerFigures } from "../figures/jobs.ts";
import { type CiMeasures, ciFigures } from "../figures/runs.ts";
import { mergeJobs } from "../measures/jobs.ts";
import type { CiFacts } from "../measures/read.ts";
import { mergeRuns, type RunCell } from "../measures/runs.ts";
import { workflowKey } from "../measures/workflows.ts";
import type { Cell, Column, Grouping, Table } from "./document.ts";
import { figureTable, type Group } from "./figure-blocks.ts";
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
		asked(repositoryTable(facts, by === "repository"), by),
		asked(dayTable(facts, by === "day"), by),
		flakyTable(facts, by === null || by === "workflow" ? maxFlakyJobs : 0),
	];
}

/** A table that was asked for is under the part's title, and whole. */
function asked(table: Table, by: Grouping | null): Table {
	if (table.by === by) return { ...table, title: null, shows: "all", elsewhere: "--json and --csv have all of them" };
	return by === null ? table : { ...table, shows: 0 };
}

const unasked = { title: null, shows: maxUnasked, elsewhere: "" };

/** Those with the most runs first. */
export function workflowTable(facts: CiFacts): Table {
	const groups = groupRuns(facts, workflowKey, ({ repositoryId, workflowId }) => {
		const { repository, workflow } = facts.workflows.name({ repositoryId, workflowId });
		return [repository, workflow];
	});
	const table = {
		name: "workflows",
		title: "Workflows",
		by: "workflow",
		elsewhere: "--by workflow shows them",
	} as const;
	const keys = [repositoryColumn(facts), workflowColumn(100)];
	return figureTable({ ...unasked, ...table }, keys, ciFigures, groups.sort(byRuns));
}

/** Jobs by their runner labels, those with the most minutes first. */
function runnerTable({ jobs }: CiFacts): Table {
	const groups = [...groupBy(jobs, ({ machine }) => machine.name)]
		.map(([name, cells]) => ({ names: [name, cells[0]?.machine.runner ?? null], measures: mergeJobs(cells) }))
		.filter(({ measures }) => measures.jobs > 0)
		.sort((one, other) => other.measures.minutes - one.measures.minutes || byName(one, other));
	const table = { name: "runners", title: "Runners", by: "runner", elsewhere: "--by runner shows them" } as const;
	const keys: Column[] = [
		{ name: "labels", csv: "runner", title: "Runner", unit: "name", importance: 100, cutTo: 16 },
		{ name: "runner", csv: null, title: "Priced as", unit: "text", importance: 29 },
	];
	return figureTable({ ...unasked, ...table }, keys, runnerFigures, groups);
}

/** Those with the most runs first; only for whoever asks. */
function repositoryTable(facts: CiFacts, isAsked: boolean): Table {
	const groups = groupRuns(
		facts,
		({ repositoryId }) => repositoryId,
		({ repositoryId, workflowId }) => [facts.workflows.name({ repositoryId, workflowId }).repository],
	);
	const key: Column = { ...nameColumn, csv: "repository", title: "Repository", keepsEnd: true };
	const shown = isAsked && facts.timeline ? groups.sort(byRuns) : null;
	return figureTable({ ...unasked, name: "repositories", by: "repository" }, [key], ciFigures, shown);
}

/** Ascending; only for whoever asks. */
function dayTable(facts: CiFacts, isAsked: boolean): Table {
	const findDate = (piece: number) => facts.timeline?.days[facts.timeline.findDay(piece)]?.date ?? "";
	const groups = groupRuns(
		facts,
		({ piece }) => findDate(piece),
		({ piece }) => [findDate(piece)],
	);
	const key: Column = { ...nameColumn, csv: "day", title: "Day" };
	const shown = isAsked && facts.timeline ? groups.sort(byName) : null;
	return figureTable({ ...unasked, name: "days", by: "day", areDays: true }, [key], ciFigures, shown);
}

const nameColumn = { name: "name", unit: "name", importance: 100, cutTo: 16 } as const;

/** Runs and their jobs by a key of their cells. */
function groupRuns(
	facts: CiFacts,
	key: (cell: CiCell) => string | number,
	describe: (cell: CiCell) => (string | null)[],
): Group<CiMeasures>[] {
	const jobs = groupBy(facts.jobs, key);
	return [...groupBy(facts.runs, key)].flatMap(([group, runs]) => {
		const measures = { ...mergeRuns(runs), ...mergeJobs(jobs.get(group) ?? []) };
		return runs[0] ? [{ names: describe(runs[0]), measures }] : [];
	});
}

type CiCell = Pick<RunCell, "repositoryId" | "workflowId" | "piece">;

function byRuns(one: Group<CiMeasures>, other: Group<CiMeasures>): number {
	return other.measures.runs - one.measures.runs || byName(one, other);
}

function byName(one: Group<unknown>, other: Group<unknown>): number {
	return one.names.join(" ") < other.names.join(" ") ? -1 : 1;
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
