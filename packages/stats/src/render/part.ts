import { count, plural } from "./numbers.ts";
import type { Column } from "./text-table.ts";

/** One part of an overview, ready to be drawn in a terminal or as Markdown. Its texts are clean, but not escaped. */
export interface Part {
	readonly title: string;
	/** What the figures are about. */
	readonly scope: readonly string[];
	readonly figures: readonly KeyFigure[];
	readonly tables: readonly PartTable[];
	/** What the figures may be missing: lines, each in parts. */
	readonly remarks: readonly (readonly string[])[];
}

/** One line of the block that says how things are. */
export interface KeyFigure {
	readonly label: string;
	readonly value: string;
	/** How it went over time; empty where there is only one moment. */
	readonly trend: string;
	/** What the value has to be read with. */
	readonly notes: readonly string[];
}

export interface PartTable {
	/** Null where the part's own title says it already. */
	readonly title: string | null;
	/** Draws the table in the way of whoever asks. */
	draw(drawTable: DrawTable): string;
	/** Says how many rows are left out; null where none are. */
	readonly more: string | null;
}

export type DrawTable = <Row>(columns: readonly Column<Row>[], rows: readonly Row[]) => string;

/** How much room there is. */
export interface Look {
	/** Only what matters most. */
	readonly isCompact: boolean;
	/** Rows of a table. */
	readonly mostRows: number;
}

interface Listed<Row> {
	readonly title: string | null;
	readonly rows: readonly Row[];
	/** The columns of the rows that are shown. */
	columns(shown: readonly Row[]): readonly Column<Row>[];
	readonly most: number;
	/** Rows are days: of these the newest are wanted, of everything else the first. */
	readonly areDays?: boolean;
	/** Where all rows are. */
	readonly elsewhere: string;
}

export const hasAll = "--json and --csv have all of them";

/** A table of at most so many rows; none where there are no rows. */
export function listOf<Row>({ title, rows, columns, most, areDays = false, elsewhere }: Listed<Row>): PartTable[] {
	if (rows.length === 0) return [];
	const shown = areDays ? rows.slice(-most) : rows.slice(0, most);
	const left = rows.length - shown.length;
	const more = `and ${areDays ? plural(left, "earlier day") : `${count(left)} more`}; ${elsewhere}`;
	return [{ title, draw: (drawTable) => drawTable(columns(shown), shown), more: left > 0 ? more : null }];
}
