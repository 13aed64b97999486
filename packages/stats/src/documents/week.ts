import { type Queryable, readClock } from "@tidemark/db";
import { formatMoment, pluralize } from "@tidemark/text";
import { callFigures, costNanoUsd } from "../figures/calls.ts";
import { toUsd } from "../figures/figure.ts";
import { mergeCalls } from "../measures/calls.ts";
import type { Period } from "../measures/period.ts";
import { type CallFacts, type CiFacts, type Facts, readFacts } from "../measures/read.ts";
import { mergeRuns } from "../measures/runs.ts";
import type { Timeline } from "../measures/timeline.ts";
import { groupTable } from "./calls-part.ts";
import { ciSets } from "./ci-part.ts";
import { flakyTable, redTable, workflowTable } from "./ci-tables.ts";
import { comparisonTable, slowerTable } from "./comparison.ts";
import type { Block, Chart, Document, Line, Part, Remarks, Table } from "./document.ts";
import { bindFigures } from "./figure-blocks.ts";
import { type Arrivals, overviewParts, readArrivals } from "./overview.ts";
import { groupBy } from "./trends.ts";

/** A document about seven days beside the seven days before. */
export interface Week extends Document {
	/** Which days, and how far the data reach. */
	readonly scope: readonly string[];
	/** What the figures do not know. */
	readonly gaps: Remarks;
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
	return weekPart("Red or slow now", now.timeline === null && before.timeline === null, [
		isGreen ? { kind: "remarks", tone: "plain", lines: [{ facts: ["Nothing is red on the default branch."] }] } : red,
		slowerTable(now, before, maxRows),
		flakyTable(now, maxFlakyJobs),
	]);
}

function weekOfRuns({ ci }: Facts, before: Facts): Part {
	return weekPart("CI", ci.timeline === null && before.ci.timeline === null, [
		comparisonTable(
			ciSets(ci).flatMap(({ figures }) => figures),
			ciSets(before.ci).flatMap(({ figures }) => figures),
		),
		runsChart(ci),
		{ ...keepImportant(workflowTable(ci)), title: null, elsewhere: "" },
	]);
}

/** A summary is looked at in passing; the folded figures have all columns. */
function keepImportant(table: Table): Table {
	const columns = table.columns.map((column) =>
		column.importance < minImportance ? { ...column, importance: 0 } : column,
	);
	return { ...table, columns };
}

function weekOfCalls({ calls }: Facts, before: Facts): Part {
	return weekPart("LLM calls", calls.timeline === null && before.calls.timeline === null, [
		comparisonTable(
			bindFigures(callFigures, mergeCalls(calls.cells)),
			bindFigures(callFigures, mergeCalls(before.calls.cells)),
		),
		callsChart(calls),
		{ ...groupTable(calls, "model"), shows: maxRows, elsewhere: "" },
	]);
}

function weekPart(title: string, isEmpty: boolean, blocks: readonly Block[]): Part {
	return { name: null, title, scope: [], isEmpty, data: {}, blocks };
}

const maxPauses = 3;

function describeGaps({ completeness, period: { zone } }: CiFacts, { deadLetters }: Arrivals): Remarks {
	const { deletedRuns, pauses } = completeness;
	const lines: Line[] = [
		...(deletedRuns > 0
			? [{ facts: [`GitHub has deleted ${pluralize(deletedRuns, "run")}; they count as they were last seen.`] }]
			: []),
		...pauses.slice(0, maxPauses).map(({ target, from, to }) => {
			const when = `from ${formatMoment(from, zone)} to ${formatMoment(to, zone)}`;
			return { lead: target, facts: [`nothing collected ${when}; what GitHub deleted meanwhile is unknown.`] };
		}),
		...deadLetters.map(({ source, count }) => ({
			lead: source,
			facts: [`${pluralize(count, "entry", "entries")} could not be read; look at them`],
			command: "pnpm telemetry dead-letters list",
		})),
	];
	return { kind: "remarks", tone: "dim", lines };
}

/** Runs of each day, and the failed ones in front of them. */
function runsChart({ runs, timeline, period }: CiFacts): Chart {
	const days = groupBy(runs, ({ piece }) => findDate(timeline, piece));
	const dates = listDates(period.since);
	const measures = dates.map((date) => mergeRuns(days.get(date) ?? []));
	return {
		kind: "chart",
		title: "Runs a day: all (blue), failed (red)",
		axis: "Runs",
		dates,
		series: [
			{ color: "blue", values: measures.map((day) => day.runs) },
			{ color: "red", values: measures.map((day) => day.failed) },
		],
	};
}

/** What the calls of each day cost; those without a known cost add nothing. */
function callsChart({ cells, timeline, period }: CallFacts): Chart {
	const days = groupBy(cells, ({ piece }) => findDate(timeline, piece));
	const dates = listDates(period.since);
	const costs = dates.map((date) => toUsd(costNanoUsd(mergeCalls(days.get(date) ?? []))) ?? 0);
	return {
		kind: "chart",
		title: "LLM calls, US dollars a day",
		axis: "USD",
		dates,
		series: [{ color: "blue", values: costs }],
	};
}

function findDate(timeline: Timeline | null, piece: number): string {
	return timeline?.days[timeline.findDay(piece)]?.date ?? "";
}

/** Today and the six dates before it; of an eighth the period holds only the end. */
function listDates(since: string): string[] {
	return Array.from({ length: 7 }, (_, day) =>
		new Date(Date.parse(since) + (day + 1) * 86_400_000).toISOString().slice(0, 10),
	);
}
