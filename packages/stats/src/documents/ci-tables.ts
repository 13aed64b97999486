import { runnerFigures } from "../figures/jobs.ts";
import { type CiMeasures, ciFigures } from "../figures/runs.ts";
import { mergeJobs } from "../measures/jobs.ts";
import type { CiFacts } from "../measures/read.ts";
import { mergeRuns, type RunCell } from "../measures/runs.ts";
import { workflowKey } from "../measures/workflows.ts";
import { type Column, type Grouping, type Table, toCells } from "./document.ts";
import { byName, figureTable, type Group } from "./figure-blocks.ts";
import { findDate, groupBy } from "./trends.ts";

/** Rows of a table that nobody asked for. */
const maxUnasked = 10;
const maxFlakyJobs = 3;

/** All tables of the CI. People see the one that they asked for, else those that are mostly asked for. */
export function ciTables(facts: CiFacts, by: Grouping | null): Table[] {
	const isOverview = by === null || by === "workflow";
	const red = redTable(facts, isOverview ? maxUnasked : 0);
	const workflows = asked(workflowTable(facts), by);
	return [
		...(by === null ? [red, workflows] : [workflows, red]),
		asked(runnerTable(facts), by),
		asked(repositoryTable(facts), by),
		asked(dayTable(facts), by),
		flakyTable(facts, isOverview ? maxFlakyJobs : 0),
	];
}

/** The table asked for by `--by` is shown whole, under the part's title. A table without a title is shown only when asked for. */
function asked({ title, ...table }: Table, by: Grouping | null): Table {
	const isAsked = table.by === by;
	const rows = title || (isAsked && table.rows?.length) ? table.rows : null;
	if (isAsked) return { ...table, rows, shows: "all", elsewhere: "--json and --csv have all of them" };
	return { ...table, rows, ...(title && { title }), shows: by === null ? table.shows : 0 };
}

/** Those with the most runs first. */
export function workflowTable(facts: CiFacts): Table {
	const groups = groupRuns(facts, workflowKey, (cell) => {
		const { repository, workflow } = facts.workflows.name(cell);
		return [repository, workflow];
	});
	return figureTable(
		{ name: "workflows", title: "Workflows", by: "workflow", shows: maxUnasked, elsewhere: "--by workflow shows them" },
		[repositoryColumn(facts), workflowColumn(100)],
		ciFigures,
		groups.sort(byRuns),
	);
}

/** Jobs by their runner labels, those with the most minutes first. */
function runnerTable({ jobs }: CiFacts): Table {
	const groups = [...groupBy(jobs, ({ machine }) => machine.name)]
		.map(([name, cells]) => ({ names: [name, cells[0]?.machine.runner ?? null], measures: mergeJobs(cells) }))
		.filter(({ measures }) => measures.jobs > 0)
		.sort((one, other) => other.measures.minutes - one.measures.minutes || byName(one, other));
	return figureTable(
		{ name: "runners", title: "Runners", by: "runner", shows: maxUnasked, elsewhere: "--by runner shows them" },
		[
			{ name: "labels", csv: "runner", title: "Runner", unit: "name", importance: 100, cutTo: 16 },
			{ name: "runner", csv: null, title: "Priced as", unit: "text", importance: 29 },
		],
		runnerFigures,
		groups,
	);
}

const nameColumn = { name: "name", unit: "name", importance: 100, cutTo: 16 } as const;

/** Those with the most runs first. */
function repositoryTable(facts: CiFacts): Table {
	const key: Column = { ...nameColumn, csv: "repository", title: "Repository", keepsEnd: true };
	const readId = ({ repositoryId }: CiCell) => repositoryId;
	const groups = groupRuns(facts, readId, (cell) => [facts.workflows.name(cell).repository]);
	return figureTable({ name: "repositories", by: "repository", shows: 0 }, [key], ciFigures, groups.sort(byRuns));
}

/** Ascending. */
function dayTable(facts: CiFacts): Table {
	const key: Column = { ...nameColumn, csv: "day", title: "Day" };
	const findDay = ({ piece }: CiCell) => findDate(facts.timeline, piece);
	const groups = groupRuns(facts, findDay, (cell) => [findDay(cell)]);
	return figureTable({ name: "days", by: "day", shows: 0, areDays: true }, [key], ciFigures, groups.sort(byName));
}

type CiCell = Pick<RunCell, "repositoryId" | "workflowId" | "piece">;

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

function byRuns(one: Group<CiMeasures>, other: Group<CiMeasures>): number {
	return other.measures.runs - one.measures.runs || byName(one, other);
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
			{ name: "maybe_earlier", unit: "text" },
		],
		rows: red.map(({ repository, workflow, openedAt, isOpenedAtStart }) => [
			...toCells([repository, workflow]),
			{ value: openedAt, ...(isOpenedAtStart && { words: "or earlier" }) },
			{ value: isOpenedAtStart },
		]),
		shows,
		elsewhere: "--json has all of them",
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
			toCells([repository, workflow, name, commits, failures, minutesLost]),
		),
		shows,
		elsewhere: "--json has all of them",
	};
}

/** Workflows of the same name are common: with several repositories, each stands beside its own. */
export function repositoryColumn({ runs }: CiFacts): Column {
	const areSeveral = runs.some(({ repositoryId }) => repositoryId !== runs[0]?.repositoryId);
	const column = { name: "repository", title: "Repository", unit: "name", cutTo: 12, keepsEnd: true } as const;
	return { ...column, ...(areSeveral && { importance: 98 }) };
}

export function workflowColumn(importance: number): Column {
	return { name: "workflow", title: "Workflow", unit: "name", importance, cutTo: 14 };
}
