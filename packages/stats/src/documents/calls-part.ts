import { formatMoment } from "@tidemark/text";
import { addCosts, callFigures } from "../figures/calls.ts";
import { maxError } from "../math/histogram.ts";
import { type CallMeasures, mergeCalls } from "../measures/calls.ts";
import type { CallFacts } from "../measures/read.ts";
import { type Column, type Grouping, type Part, type Table, toCells } from "./document.ts";
import { bindFigures, byName, figureBlocks, figureTable, type Group } from "./figure-blocks.ts";
import { describeBucket, describeScope, upperFirst } from "./scope.ts";
import { findDate, groupBy, readTrends } from "./trends.ts";

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
export function groupTable({ cells, timeline }: CallFacts, by: Grouping | null): Table {
	const isByDay = by === "day";
	const groups = [...groupBy(cells, ({ piece, group }) => (isByDay ? findDate(timeline, piece) : group))]
		.map(([name, cells]) => ({ names: [name], cells, measures: mergeCalls(cells) }))
		.sort(isByDay ? byName : byWeight);
	const about = { name: "groups", shows: "all", areDays: isByDay, ...(by && { by }) } as const;
	const key: Column = { name: "name", csv: by, title: upperFirst(by ?? ""), unit: "name", importance: 100, cutTo: 16 };
	const elsewhere = "--json and --csv have all of them";
	const table = figureTable({ ...about, elsewhere }, [key], callFigures, by ? groups : []);
	const max = Math.max(...groups.map(({ measures }) => measures.calls));
	const drawn = groups.map(({ cells, measures }) => {
		return toCells(
			isByDay ? [null, measures.calls / max] : [readTrends(callFigures, timeline, cells, mergeCalls), null],
		);
	});
	return {
		...table,
		columns: [
			...table.columns,
			{ name: "trend", csv: null, title: "Trend", unit: "trend", importance: 50, hidesZeros: true },
			{ unit: "bar", importance: 50, hidesZeros: true },
		],
		rows: table.rows?.map((row, index) => [...row, ...(drawn[index] ?? [])]) ?? null,
	};
}

function byWeight(one: Group<CallMeasures>, other: Group<CallMeasures>): number {
	const weigh = ({ measures }: Group<CallMeasures>) => addCosts(measures) ?? -1;
	return weigh(other) - weigh(one) || other.measures.calls - one.measures.calls || byName(one, other);
}
