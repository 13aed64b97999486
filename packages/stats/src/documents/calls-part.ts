import { formatMoment } from "@tidemark/text";
import { callFigures } from "../figures/calls.ts";
import type { Grouping } from "../grouping.ts";
import { maxError } from "../math/histogram.ts";
import { type CallMeasures, mergeCalls } from "../measures/calls.ts";
import type { CallFacts } from "../measures/read.ts";
import type { Cell, Part, Table } from "./document.ts";
import { bindFigures, figureBlocks, figureCells, figureColumns } from "./figure-blocks.ts";
import { describeBucket, describeScope, upperFirst } from "./scope.ts";
import { groupBy, readTrends } from "./trends.ts";

/** The calls of a period. */
export function callsPart(facts: CallFacts, by: Grouping | null): Part {
	const { timeline, cells, period, dataThrough, newestEver } = facts;
	const total = mergeCalls(cells);
	const grouping = by === "day" ? by : facts.grouping;
	const set = {
		name: "total",
		figures: bindFigures(callFigures, total),
		trends: readTrends(callFigures, timeline, cells, mergeCalls),
		...(timeline && { perBucket: describeBucket(timeline) }),
	};
	return {
		name: "llm",
		title: grouping ? `LLM calls by ${grouping}` : "LLM calls",
		scope: [
			...describeScope(period, dataThrough),
			...(total.newest ? [`newest call ${formatMoment(total.newest, period.zone)}`] : []),
		],
		isEmpty: total.calls === 0,
		data: {
			data_through: dataThrough,
			newest_ever: newestEver,
			percentile_error: timeline ? maxError : 0,
			buckets: timeline?.buckets ?? null,
		},
		blocks: [...figureBlocks([set], period.zone), groupTable(facts, grouping)],
	};
}

/** Days ascending; else the most expensive first, those without a known cost last. */
export function groupTable(facts: CallFacts, by: Grouping | null): Table {
	const { timeline, cells } = facts;
	const isByDay = by === "day";
	const groups = [...groupBy(cells, ({ piece, group }) => (isByDay ? dateOf(facts, piece) : group))]
		.map(([name, cells]) => ({ name, cells, measures: mergeCalls(cells) }))
		.sort(isByDay ? byName : byWeight);
	const maxCalls = Math.max(...groups.map(({ measures }) => measures.calls));
	const rows = groups.map(({ name, cells, measures }): Cell[] => {
		const trend = isByDay ? null : readTrends(callFigures, timeline, cells, mergeCalls);
		const share = isByDay ? measures.calls / maxCalls : null;
		return [{ value: name }, ...figureCells(callFigures, measures), { value: trend }, { value: share }];
	});
	return {
		kind: "table",
		name: "groups",
		title: null,
		...(by && { by }),
		columns: [
			{ name: "name", csv: by, title: upperFirst(by ?? ""), unit: "name", importance: 100, cutTo: 16 },
			...figureColumns(callFigures),
			{ name: "trend", csv: null, title: "Trend", unit: "trend", importance: 50, hidesZeros: true },
			{ name: null, title: "", unit: "bar", importance: 50, hidesZeros: true },
		],
		rows: by ? rows : [],
		shows: "all",
		areDays: isByDay,
		elsewhere: "--json and --csv have all of them",
	};
}

function dateOf({ timeline }: CallFacts, piece: number): string | null {
	return timeline?.days[timeline.findDay(piece)]?.date ?? null;
}

interface Group {
	readonly name: string | null;
	readonly measures: CallMeasures;
}

function byName(one: Group, other: Group): number {
	return (one.name ?? "") < (other.name ?? "") ? -1 : 1;
}

function byWeight(one: Group, other: Group): number {
	const cost = ({ measures: { reportedNanoUsd, estimatedNanoUsd } }: Group) =>
		reportedNanoUsd === null && estimatedNanoUsd === null ? -1 : (reportedNanoUsd ?? 0) + (estimatedNanoUsd ?? 0);
	return cost(other) - cost(one) || other.measures.calls - one.measures.calls || byName(one, other);
}
