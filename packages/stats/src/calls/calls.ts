import type { Queryable } from "@tidemark/db";
import { type Buckets, bucketsOf, type Day, readDays } from "../buckets.ts";
import { readDataThrough } from "../data-through.ts";
import { type Period, readSpan, type Span } from "../period.ts";
import { type Cell, readCells } from "./cells.ts";
import { type Figures, figuresOf } from "./figures.ts";
import { type GroupKey, readPercentiles } from "./percentiles.ts";
import { type Trend, trendOf } from "./trend.ts";

/** By what calls can be told apart. */
export type CallGrouping = "day" | "model" | "phase" | "developer";

export interface Group extends Figures {
	/** A date such as `2026-02-23`, or what the column says; null where it says nothing. */
	readonly name: string | null;
	/** Over the same buckets as the total's; null for days, which are pieces of time themselves. */
	readonly trend: Trend | null;
}

/** Calls in total and in groups. */
export interface Calls {
	/** The pieces of time of all trends, from the first to the last call; null where there are no calls. */
	readonly buckets: Buckets | null;
	readonly total: Figures & { readonly trend: Trend };
	/** Days ascending; else the most expensive first, those without a known cost last. */
	readonly groups: readonly Group[];
	/** By how much p50 and p95 may be off, as a share of them; 0 where they are exact. */
	readonly percentileError: number;
	/** When an ingestion of calls last came to its end (outcome `done`); null if none ever did. */
	readonly dataThrough: string | null;
	/** The newest call of all, in the period or not. */
	readonly newestEver: string | null;
}

/** Looks at the calls of a period. */
export async function readCalls(db: Queryable, period: Period, by: CallGrouping | undefined): Promise<Calls> {
	const { span, newestEver } = await readSpan(db, period, { table: "llm_calls", time: "timestamp" });
	const counted = span ? await countCalls(db, period, span, by) : noCalls;
	return { ...counted, dataThrough: await readDataThrough(db, "NOT LIKE 'github:%'"), newestEver };
}

type Counted = Omit<Calls, "dataThrough" | "newestEver">;

const noCalls: Counted = {
	buckets: null,
	total: { ...figuresOf([], null), trend: trendOf([], 0, () => 0) },
	groups: [],
	percentileError: 0,
};

async function countCalls(db: Queryable, period: Period, span: Span, by: CallGrouping | undefined): Promise<Counted> {
	const buckets = await bucketsOf(db, span, period.zone);
	const days = by === "day" ? await readDays(db, span, period.zone) : [];
	const starts = days.map(({ start }) => start);
	const bounds = [...new Set([...buckets.starts, ...starts])].sort();
	const cells = await readCells(db, period, by === "day" ? undefined : by, bounds);
	const calls = cells.reduce((sum, cell) => sum + cell.calls, 0);
	const percentiles = await readPercentiles(db, period, by && keyOf(by, days), calls);
	const bucketOf = lastStarted(bounds, buckets.starts);
	const dayOf = lastStarted(bounds, starts);
	const trend = (cells: readonly Cell[]) => trendOf(cells, buckets.starts.length, bucketOf);
	const groups = Map.groupBy(cells, (cell) => (by === "day" ? dayOf(cell) : cell.name));
	const group = ([key, cells]: readonly [string | number | null, readonly Cell[]]): Group => ({
		name: typeof key === "number" ? (days[key]?.date ?? null) : key,
		...figuresOf(cells, percentiles.groups.get(key) ?? null),
		trend: by === "day" ? null : trend(cells),
	});
	return {
		buckets,
		total: { ...figuresOf(cells, percentiles.total), trend: trend(cells) },
		groups: by ? [...groups].map(group).sort(by === "day" ? byName : byWeight) : [],
		percentileError: percentiles.relativeError,
	};
}

/** Days are told apart by their position, everything else by what the column says. */
function keyOf(by: CallGrouping, days: readonly Day[]): GroupKey {
	if (by !== "day") return { sql: by, parameters: [] };
	return {
		sql: "width_bucket(timestamp, $3::timestamptz[]) - 1",
		parameters: [`{${days.map(({ start }) => start).join(",")}}`],
	};
}

/** For a cell, the position of the last of `starts` that is not after the bound where the cell begins. Both ascend. */
function lastStarted(bounds: readonly string[], starts: readonly string[]): (cell: Cell) => number {
	let position = -1;
	const positions = bounds.map((bound) => {
		while ((starts[position + 1] ?? "~") <= bound) position++;
		return position;
	});
	return ({ bucket }) => positions[bucket] ?? 0;
}

function byName(one: Group, other: Group): number {
	return (one.name ?? "") < (other.name ?? "") ? -1 : 1;
}

function byWeight(one: Group, other: Group): number {
	return (other.cost.usd ?? -1) - (one.cost.usd ?? -1) || other.calls - one.calls || byName(one, other);
}
