import { formatCount, formatSize, pluralize } from "@tidemark/text";
import type { Basis, Figure, FigureValue } from "../figures/figure.ts";
import { formatCell } from "../render/format.ts";
import {
	type Cell,
	type Column,
	type KeyFigure,
	type KeyFigures,
	type Table,
	type Trends,
	toCells,
} from "./document.ts";

/** A family of figures with the measures that they are taken from. */
export interface FigureSet {
	/** Where the values are in the part's JSON; without one in the part itself. */
	readonly name?: string;
	readonly figures: readonly BoundFigure[];
	readonly trends?: Trends;
	/** How much time one value of a trend is: `per day`. */
	readonly perBucket?: string;
}

/** A figure and its values for some measures. */
export interface BoundFigure extends Omit<Figure<never>, "value" | "n" | "isAtLeast" | "isWorthShowing" | "remarks"> {
	readonly value: FigureValue;
	readonly cell: Cell;
	readonly n: (Omit<Basis<never>, "count"> & { readonly count: number }) | null;
	readonly isWorthShowing: boolean;
	readonly remarks: readonly string[];
}

export function bindFigures<M>(figures: readonly Figure<M>[], measures: M): BoundFigure[] {
	return figures.map((figure) => {
		const { n, isAtLeast, isWorthShowing, remarks } = figure;
		const value = figure.value(measures);
		return {
			...figure,
			value,
			cell: { value, unit: figure.unit, isAtLeast: value !== null && (isAtLeast?.(measures) ?? false) },
			n: n ? { ...n, count: n.count(measures) } : null,
			isWorthShowing: isWorthShowing?.(measures) ?? true,
			remarks: remarks?.(measures) ?? [],
		};
	});
}

/** Blocks of key figures. A figure may stand beside one of another set. */
export function figureBlocks(sets: readonly FigureSet[], zone: string): KeyFigures[] {
	const beside = sets.flatMap(({ figures }) => figures).filter((figure) => figure.beside);
	return sets.map((set) => ({
		kind: "figures",
		...(set.name && { name: set.name }),
		values: { ...Object.fromEntries(set.figures.flatMap(listValues)), ...(set.trends && { trend: set.trends }) },
		lines: set.figures.filter(isLine).map((figure) => keyFigure(figure, set, beside, zone)),
	}));
}

/** What programs find of a figure: its value, and n if it has a name. */
function listValues({ name, value, n }: BoundFigure): [name: string, value: FigureValue][] {
	return [[name, value], ...(n?.name ? [[n.name, n.count] as [string, number]] : [])];
}

export function isLine({ beside, isDataOnly }: BoundFigure): boolean {
	return !beside && !isDataOnly;
}

function keyFigure(figure: BoundFigure, set: FigureSet, all: readonly BoundFigure[], zone: string): KeyFigure {
	const { name, label, short = label, cell, n, says = "of {n}", remarks } = figure;
	const trend = set.trends?.[name] ?? [];
	const hasTrend = trend.length > 1;
	const isFirstTrend = hasTrend && name === Object.keys(set.trends ?? {})[0];
	return {
		label: short,
		value: cell,
		trend: hasTrend ? trend : [],
		notes: [
			...(isFirstTrend && set.perBucket ? [set.perBucket] : []),
			...(n && says ? [fill(says, figure, zone)] : []),
			...remarks,
			...all.filter(({ beside }) => beside?.[0] === name).flatMap((other) => describeBeside(other, zone)),
		],
	};
}

/** Amounts of nothing are not worth words; a rate or a time of 0 is. */
const countedUnits: readonly string[] = ["count", "usd", "whole minutes", "minutes"];

function describeBeside(figure: BoundFigure, zone: string): string[] {
	const isNothing = figure.value === null || (figure.value === 0 && countedUnits.includes(figure.unit));
	return isNothing || !figure.isWorthShowing ? [] : [fill(figure.beside?.[1] ?? "", figure, zone)];
}

/** {value}, {s} for its plural, {n} with its noun, {count} without, {remarks}. */
function fill(words: string, { value, cell, unit, n, remarks }: BoundFigure, zone: string): string {
	const of = n?.of ?? "";
	const [one, many] = typeof of === "string" ? [of] : of;
	return words
		.replace("{value}", () => formatCell(cell, unit, zone))
		.replace("{s}", value === 1 ? "" : "s")
		.replace("{n}", () => pluralize(n?.count ?? 0, one, many))
		.replace("{count}", () => formatCount(n?.count ?? null))
		.replace("{remarks}", () => remarks.join(" "));
}

/** What is looked at together: its names, and its measures. */
export interface Group<M> {
	readonly names: readonly (string | null)[];
	readonly measures: M;
}

export function byName(one: Group<unknown>, other: Group<unknown>): number {
	return one.names.join(" ") < other.names.join(" ") ? -1 : 1;
}

/** A table of groups. It has every figure for programs, and for people those with a column. */
export function figureTable<M>(
	table: Omit<Table, "kind" | "columns" | "rows">,
	keys: readonly Column[],
	figures: readonly Figure<M>[],
	groups: readonly Group<M>[] | null,
): Table {
	const rows = groups?.map(({ names, measures }) => [...toCells(names), ...figureCells(figures, measures)]);
	return { kind: "table", ...table, columns: [...keys, ...figures.flatMap(figureColumns)], rows: rows ?? null };
}

function figureColumns({ name, unit, column, n }: Figure<never>): Column[] {
	return [
		{ name, unit, ...column, ...(unit === "outcomes" && { csv: null }) },
		...(n?.name ? [{ name: n.name, unit: "count" } as const] : []),
	];
}

function figureCells<M>(figures: readonly Figure<M>[], measures: M): Cell[] {
	return bindFigures(figures, measures).flatMap(({ cell, n, column }): Cell[] => [
		column?.hasN && n?.count ? { ...cell, words: `(${formatSize(n.count)})` } : cell,
		...(n?.name ? [{ value: n.count }] : []),
	]);
}
