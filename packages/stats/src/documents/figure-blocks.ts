import { formatCount, formatSize, pluralize } from "@tidemark/text";
import type { Figure } from "../figures/figure.ts";
import { formatCell } from "../render/format.ts";
import type { Cell, Column, KeyFigure, KeyFigures, Table } from "./document.ts";

/** A family of figures with the measures that they are taken from. */
export interface FigureSet {
	/** Where the values are in the part's JSON; null for the part itself. */
	readonly name: string | null;
	readonly figures: readonly BoundFigure[];
	/** The measures of each piece of time, by figure; see `readTrends`. */
	readonly trends?: Readonly<Record<string, readonly (number | null)[]>>;
	/** How much time one value of a trend is: `per day`. */
	readonly perBucket?: string;
}

/** A figure and its values for some measures. */
export interface BoundFigure extends Omit<Figure<never>, "value" | "n" | "isAtLeast" | "isWorthShowing" | "remarks"> {
	readonly cell: Cell;
	readonly n: number | null;
	readonly isWorthShowing: boolean;
	readonly remarks: readonly string[];
}

export function bindFigures<M>(figures: readonly Figure<M>[], measures: M): BoundFigure[] {
	return figures.map((figure) => {
		const { value, n, isAtLeast, isWorthShowing, remarks, ...words } = figure;
		const shown = value(measures);
		return {
			...words,
			cell: { value: shown, isAtLeast: shown !== null && (isAtLeast?.(measures) ?? false) },
			n: n?.(measures) ?? null,
			isWorthShowing: isWorthShowing?.(measures) ?? true,
			remarks: remarks?.(measures) ?? [],
		};
	});
}

/** Amounts of nothing are not worth words; a rate or a time of 0 is. */
const countedUnits: readonly string[] = ["count", "usd", "whole minutes", "minutes"];

/** Blocks of key figures. A figure may stand beside one of another set. */
export function figureBlocks(sets: readonly FigureSet[], zone: string): KeyFigures[] {
	const beside = sets.flatMap(({ figures }) => figures).filter((figure) => figure.beside);
	return sets.map((set) => ({
		kind: "figures",
		name: set.name,
		values: set.figures.flatMap((figure) => [
			{ name: figure.name, value: figure.cell.value as FigureValueOfCell },
			...(figure.nName ? [{ name: figure.nName, value: figure.n }] : []),
		]),
		data: set.trends ? { trend: set.trends } : {},
		lines: set.figures.flatMap((figure) => (isLine(figure) ? [keyFigure(figure, set, beside, zone)] : [])),
	}));
}

type FigureValueOfCell = KeyFigures["values"][number]["value"];

export function isLine({ beside, isDataOnly }: BoundFigure): boolean {
	return !beside && !isDataOnly;
}

function keyFigure(figure: BoundFigure, set: FigureSet, all: readonly BoundFigure[], zone: string): KeyFigure {
	const trend = set.trends?.[figure.name] ?? [];
	const hasTrend = trend.length > 1;
	const isFirstTrend = hasTrend && figure.name === Object.keys(set.trends ?? {})[0];
	return {
		label: figure.short ?? figure.label,
		value: { ...figure.cell, unit: figure.unit },
		trend: hasTrend ? trend : [],
		notes: [
			...(isFirstTrend && set.perBucket ? [set.perBucket] : []),
			...(figure.n === null || figure.says === "" ? [] : [fill(figure.says ?? "of {n}", figure, zone)]),
			...figure.remarks,
			...all.filter(({ beside }) => beside?.[0] === figure.name).flatMap((other) => describeBeside(other, zone)),
		],
	};
}

function describeBeside(figure: BoundFigure, zone: string): string[] {
	const { value } = figure.cell;
	const isNothing = value === null || (value === 0 && countedUnits.includes(figure.unit));
	if (isNothing || !figure.isWorthShowing) return [];
	return [fill(figure.beside?.[1] ?? "", figure, zone)];
}

/** {value}, {s} for its plural, {n} with its noun, {count} without, {remarks}. */
function fill(words: string, { cell, unit, n, of = "", remarks }: BoundFigure, zone: string): string {
	const [one, many] = typeof of === "string" ? [of] : of;
	return words
		.replace("{value}", () => formatCell(cell, unit, zone))
		.replace("{s}", cell.value === 1 ? "" : "s")
		.replace("{n}", () => pluralize(n ?? 0, one, many))
		.replace("{count}", () => formatCount(n))
		.replace("{remarks}", () => remarks.join(" "));
}

/** What is looked at together: its names, and its measures. */
export interface Group<M> {
	readonly names: readonly (string | null)[];
	readonly measures: M;
}

/** A table of groups. It has every figure for programs, and for people those with a column. */
export function figureTable<M>(
	table: Omit<Table, "kind" | "columns" | "rows">,
	keys: readonly Column[],
	figures: readonly Figure<M>[],
	groups: readonly Group<M>[] | null,
): Table {
	return {
		kind: "table",
		...table,
		columns: [...keys, ...figureColumns(figures)],
		rows:
			groups?.map(({ names, measures }) => [...names.map((value) => ({ value })), ...figureCells(figures, measures)]) ??
			null,
	};
}

function figureColumns(figures: readonly Figure<never>[]): Column[] {
	return figures.flatMap(({ name, unit, column, nName }): Column[] => [
		{
			...{ name, unit, title: column?.title ?? "", importance: column?.importance ?? 0 },
			...(column?.hidesZeros && { hidesZeros: true }),
			...(unit === "outcomes" && { csv: null }),
		},
		...(nName ? [{ name: nName, unit: "count" as const, title: "", importance: 0 }] : []),
	]);
}

function figureCells<M>(figures: readonly Figure<M>[], measures: M): Cell[] {
	return bindFigures(figures, measures).flatMap(({ cell, n, nName, column }): Cell[] => [
		column?.hasN && n ? { ...cell, words: `(${formatSize(n)})` } : cell,
		...(nName ? [{ value: n }] : []),
	]);
}
