import type { FigureValue, Unit } from "../figures/figure.ts";

/** By what an overview can be grouped: days concern both parts, everything else one. */
export const groupings = ["day", "workflow", "runner", "repository", "model", "phase", "developer"] as const;

export type Grouping = (typeof groupings)[number];

/** What somebody reads, as plain data: a renderer for each medium writes it. Texts are raw; renderers make them harmless. */
export interface Document {
	/** IANA name: the zone in which instants are shown. */
	readonly zone: string;
	readonly by: Grouping | null;
	/** What the JSON says before the parts. */
	readonly data: Json;
	readonly parts: readonly Part[];
}

export interface Part {
	/** The name of its object in the JSON; without one it is the document's own. */
	readonly name?: string;
	readonly title?: string;
	/** What the figures are about: facts of one line. */
	readonly scope?: readonly string[];
	/** There is nothing to read; programs still find every name. */
	readonly isEmpty?: boolean;
	/** What only programs read, ahead of the blocks. */
	readonly data?: Json;
	readonly blocks: readonly Block[];
}

export type Block = KeyFigures | Table | Chart | Remarks | Details;

export type Json = Readonly<Record<string, unknown>>;

export interface KeyFigures {
	readonly kind: "figures";
	/** Where its values are in the part's JSON; without one in the part itself. */
	readonly name?: string;
	/** Every figure and the trends, by name, for programs. */
	readonly values: Readonly<Record<string, Cell["value"]>>;
	readonly lines: readonly KeyFigure[];
}

/** One line of the block that says how things are. */
export interface KeyFigure {
	readonly label: string;
	readonly value: Cell;
	/** How it went over time; empty if there is only one moment. */
	readonly trend: readonly (number | null)[];
	/** What the value has to be read with. */
	readonly notes: readonly string[];
}

export interface Table {
	readonly kind: "table";
	/** In the JSON; tables without one are only for people. */
	readonly name?: string;
	/** None if the part's own title says it already. */
	readonly title?: string;
	readonly columns: readonly Column[];
	/** Cells in the order of the columns; null when the rows were not asked for. */
	readonly rows: readonly (readonly Cell[])[] | null;
	/** How many rows are shown: `all` is as many as the medium bears, 0 is for programs only. */
	readonly shows: number | "all";
	/** Rows are days: the newest are shown, of everything else the first. */
	readonly areDays?: boolean;
	/** Where the rows are that are not shown. */
	readonly elsewhere?: string;
	/** The grouping that these rows are; the CSV has them. */
	readonly by?: Grouping;
}

export interface Column {
	/** In JSON and CSV; columns without one are only for people. */
	readonly name?: string;
	/** In CSV if not as in JSON; null for columns that it lacks. */
	readonly csv?: string | null;
	readonly title?: string;
	readonly unit: CellUnit;
	/** The less important columns go first if the room is short. Without it a column is only for programs. */
	readonly importance?: number;
	/** The width to which texts may be cut before a column has to go. */
	readonly cutTo?: number;
	/** Texts differ at their ends, as paths do: a cut leaves those. */
	readonly keepsEnd?: boolean;
	/** Left out if no row has a value other than 0. */
	readonly hidesZeros?: boolean;
	readonly tone?: "bad" | "strong";
}

/**
 * Besides those of figures: a `name` from outside, shown also if missing or empty; a `text` of ours; the `outcome` of an
 * ingestion; the `change` of an amount as a share of the value before, and of a rate in percentage `points`; a `trend`,
 * of whose series the first is drawn; a share of the largest value drawn as a `bar`.
 */
export type CellUnit = Unit | "name" | "text" | "outcome" | "change" | "points" | "trend" | "bar";

/** Series by name: how figures went over time. What is not known is null. */
export type Trends = Readonly<Record<string, readonly (number | null)[]>>;

export interface Cell {
	readonly value: FigureValue | boolean | Trends;
	/** If not the column's. */
	readonly unit?: CellUnit;
	readonly isAtLeast?: boolean;
	/** Behind the value. */
	readonly words?: string;
}

export function toCells(values: readonly Cell["value"][]): Cell[] {
	return values.map((value) => ({ value }));
}

/** Values of each date, bar beside bar; of two series the second stands in front. */
export interface Chart {
	readonly kind: "chart";
	readonly title: string;
	readonly axis: string;
	readonly dates: readonly string[];
	readonly series: readonly { readonly color: "blue" | "red"; readonly values: readonly number[] }[];
}

export interface Remarks {
	readonly kind: "remarks";
	readonly lines: readonly Line[];
	/** What the JSON says of the same, by name. */
	readonly data?: Json;
	readonly tone: "plain" | "dim" | "warning";
}

export interface Line {
	/** What the line is about. */
	readonly lead?: string;
	readonly facts: readonly string[];
	/** What to type next. */
	readonly command?: string;
}

/** What is folded away until somebody asks. */
export interface Details {
	readonly kind: "details";
	readonly title: string;
	readonly parts: readonly Part[];
}
