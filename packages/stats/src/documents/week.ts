import { type Queryable, readClock } from "@tidemark/db";
import { formatMoment, pluralize } from "@tidemark/text";
import { addCosts, callFigures } from "../figures/calls.ts";
import { toUsd } from "../figures/figure.ts";
import { mergeCalls } from "../measures/calls.ts";
import type { Period } from "../measures/period.ts";
import { type CallFacts, type CiFacts, type Facts, readFacts } from "../measures/read.ts";
import { mergeRuns } from "../measures/runs.ts";
import type { Timeline } from "../measures/timeline.ts";
import { groupTable } from "./calls-part.ts";
import { ciSets, describePauses } from "./ci-part.ts";
import { flakyTable, redTable, workflowTable } from "./ci-tables.ts";
import { comparisonTable, slowerTable } from "./comparison.ts";
import type { Chart, Document, Line, Part, Table } from "./document.ts";
import { bindFigures } from "./figure-blocks.ts";
import { type Arrivals, describeDeadLetters, overviewParts, readArrivals } from "./overview.ts";
import { findDate, groupBy } from "./trends.ts";

/** A document about seven days beside the seven days before. */
export interface Week extends Document {
	/** Which days, and how far the data reach. */
	readonly scope: readonly string[];
	/** What the figures do not know. */
	readonly gaps: readonly Line[];
	/** All figures of the seven days. */
	readonly overview: Document;
}

const weekMs = 7 * 86_400_000;
const maxRows = 10;
const maxFlakyJobs = 3;
const minImportance = 50;

/** The seven days before now by the database's clock and the seven before them, in days of UTC. */
export async function readWeek(db: Queryable): Promise<Week> {
	const now = Date.parse((await readClock(db)).start);
	const [since, sinceBefore] = [toInstant(now - weekMs), toInstant(now - 2 * weekMs)];
	const zone = "UTC";
	const period = { since, until: null, zone };
	const facts = await readFacts(db, period, { wantsDays: true, grouping: "model" });
	const earlier = { since: sinceBefore, until: since, zone };
	const before = await readFacts(db, earlier, { wantsDays: false, grouping: null });
	const arrivals = await readArrivals(db);
	const data = { period, by: "day" };
	const parts = [redAndSlowPart(facts.ci, before.ci), weekOfRuns(facts, before), weekOfCalls(facts, before)];
	return {
		...{ zone, by: null, data, parts },
		scope: describeWeek(facts, period),
		gaps: describeGaps(facts.ci, arrivals),
		overview: { zone, by: "day", data, parts: overviewParts(facts, period, "day", arrivals) },
	};
}

function toInstant(ms: number): string {
	return new Date(ms).toISOString().replace("Z", "000Z");
}

function describeWeek({ ci, calls }: Facts, { since, zone }: Period): string[] {
	const latest = [ci.dataThrough, calls.dataThrough]
		.filter((at) => at !== null)
		.sort()
		.at(-1);
	return [
		`Figures since ${formatMoment(since, zone)}`,
		`days in ${zone}`,
		...(latest ? [`data through ${formatMoment(latest, zone)}`] : []),
	];
}

/** What somebody should look at: red workflows, workflows that became slower, jobs that flake. */
function redAndSlowPart(now: CiFacts, before: CiFacts): Part {
	const red = redTable(now, maxRows);
	const isGreen = red.rows?.length === 0 && now.timeline !== null;
	return {
		title: "Red or slow now",
		isEmpty: now.timeline === null && before.timeline === null,
		blocks: [
			isGreen ? { kind: "remarks", tone: "plain", lines: [{ facts: ["Nothing is red on the default branch."] }] } : red,
			slowerTable(now, before, maxRows),
			flakyTable(now, maxFlakyJobs),
		],
	};
}

function weekOfRuns({ ci }: Facts, before: Facts): Part {
	const [now, then] = [ci, before.ci].map((facts) => ciSets(facts).flatMap(({ figures }) => figures));
	return {
		title: "CI",
		isEmpty: ci.timeline === null && before.ci.timeline === null,
		blocks: [comparisonTable(now ?? [], then ?? []), runsChart(ci), keepImportant(workflowTable(ci))],
	};
}

/** A summary is looked at in passing; the folded figures have all columns. */
function keepImportant({ title: _, elsewhere: __, ...table }: Table): Table {
	const columns = table.columns.map((column) =>
		(column.importance ?? 0) < minImportance ? { ...column, importance: 0 } : column,
	);
	return { ...table, columns };
}

function weekOfCalls({ calls }: Facts, before: Facts): Part {
	const { elsewhere: _, ...models } = groupTable(calls, "model");
	return {
		title: "LLM calls",
		isEmpty: calls.timeline === null && before.calls.timeline === null,
		blocks: [
			comparisonTable(
				bindFigures(callFigures, mergeCalls(calls.cells)),
				bindFigures(callFigures, mergeCalls(before.calls.cells)),
			),
			callsChart(calls),
			{ ...models, shows: maxRows },
		],
	};
}

function describeGaps(facts: CiFacts, { deadLetters }: Arrivals): Line[] {
	const { deletedRuns } = facts.completeness;
	const deleted = `GitHub has deleted ${pluralize(deletedRuns, "run")}; they count as they were last seen.`;
	const lines = deletedRuns > 0 ? [{ facts: [deleted] }] : [];
	return [...lines, ...describePauses(facts), ...describeDeadLetters(deadLetters)];
}

/** Runs of each day, and the failed ones in front of them. */
function runsChart({ runs, timeline, period }: CiFacts): Chart {
	const days = groupByDate(runs, timeline, period).map(([date, cells]) => ({ date, ...mergeRuns(cells) }));
	return {
		kind: "chart",
		title: "Runs a day: all (blue), failed (red)",
		axis: "Runs",
		dates: days.map(({ date }) => date),
		series: [
			{ color: "blue", values: days.map((day) => day.runs) },
			{ color: "red", values: days.map((day) => day.failed) },
		],
	};
}

/** What the calls of each day cost; those without a known cost add nothing. */
function callsChart({ cells, timeline, period }: CallFacts): Chart {
	const days = groupByDate(cells, timeline, period);
	return {
		kind: "chart",
		title: "LLM calls, US dollars a day",
		axis: "USD",
		dates: days.map(([date]) => date),
		series: [{ color: "blue", values: days.map(([, calls]) => toUsd(addCosts(mergeCalls(calls))) ?? 0) }],
	};
}

/** Today and the six dates before it; of an eighth the period holds only the end. */
function groupByDate<Cell extends { readonly piece: number }>(
	cells: readonly Cell[],
	timeline: Timeline | null,
	{ since }: Period,
): [date: string, cells: Cell[]][] {
	const days = groupBy(cells, ({ piece }) => findDate(timeline, piece));
	return Array.from({ length: 7 }, (_, day) => {
		const date = new Date(Date.parse(since) + (day + 1) * 86_400_000).toISOString().slice(0, 10);
		return [date, days.get(date) ?? []];
	});
}
