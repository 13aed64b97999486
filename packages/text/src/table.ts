import { styleText } from "node:util";
import { cutEnd, cutStart, measureWidth } from "./width.ts";

export type Style = "bold" | "dim" | "cyan" | "green" | "yellow" | "red";

/** Gives a text a style. */
export type Paint = (style: Style, text: string) => string;

/** A paint that uses ANSI colours, or none that leaves texts as they are. The caller decides what the terminal wants. */
export function createPainter(color: boolean): Paint {
	return color ? (style, text) => (text ? styleText(style, text, { validateStream: false }) : text) : (_, text) => text;
}

/** One column of a table of rows. */
export interface Column<Row> {
	readonly title: string;
	readonly align: "left" | "right";
	/** Uncoloured and clean. */
	text(row: Row): string;
	/** How important it is: the columns with the lowest weight go first when the width does not suffice. Default: 0. */
	readonly weight?: number;
	/** The width to which its texts may be cut before a column has to go. Default: they are not cut. */
	readonly minWidth?: number;
	/** Its texts differ at their ends, as paths do: a cut takes their start. */
	readonly keepsEnd?: boolean;
	/** How a terminal shows it. */
	style?(row: Row): Style;
}

interface Fitted<Row> {
	readonly column: Column<Row>;
	readonly minWidth: number;
	width: number;
}

const indent = "  ";
const gap = "  ";

/**
 * A table for a terminal: a line of titles, a rule, a line for each row. It is never wider than `width` columns: it cuts
 * long texts first and then leaves out the least important columns.
 */
export function formatTable<Row>(
	columns: readonly Column<Row>[],
	rows: readonly Row[],
	{ width, paint = createPainter(false) }: { readonly width: number; readonly paint?: Paint },
): string {
	const fitted = fit(columns, rows, width - indent.length);
	const line = (cells: readonly string[]) => `${indent}${cells.join(gap)}`.trimEnd();
	/** The style is of the text, not of the space beside it. */
	const cell = ({ column: { align, keepsEnd }, width }: Fitted<Row>, text: string, style?: Style) => {
		const cut = (keepsEnd ? cutStart : cutEnd)(text, width);
		const styled = style ? paint(style, cut) : cut;
		const space = " ".repeat(width - measureWidth(cut));
		return align === "right" ? space + styled : styled + space;
	};
	return [
		line(fitted.map((each) => cell(each, each.column.title, "bold"))),
		line(fitted.map(({ width }) => "─".repeat(width))),
		...rows.map((row) => line(fitted.map((each) => cell(each, each.column.text(row), each.column.style?.(row))))),
	].join("\n");
}

function fit<Row>(columns: readonly Column<Row>[], rows: readonly Row[], width: number): Fitted<Row>[] {
	let kept = columns.map((column): Fitted<Row> => {
		const natural = Math.max(...[column.title, ...rows.map((row) => column.text(row))].map(measureWidth));
		return { column, width: natural, minWidth: Math.min(natural, column.minWidth ?? natural) };
	});
	while (kept.length > 1 && totalWidth(kept.map(({ minWidth }) => minWidth)) > width) {
		const lightest = Math.min(...kept.map(({ column }) => column.weight ?? 0));
		const heavier = kept.filter(({ column }) => (column.weight ?? 0) > lightest);
		// Columns of one weight go from the right, so that something is always left.
		kept = heavier.length > 0 ? heavier : kept.slice(0, -1);
	}
	const isOnly = kept.length === 1;
	while (totalWidth(kept.map((each) => each.width)) > width) {
		const cuttable = kept.filter((each) => each.width > (isOnly ? 1 : each.minWidth));
		if (cuttable.length === 0) break;
		cuttable.reduce((widest, other) => (other.width > widest.width ? other : widest)).width -= 1;
	}
	return kept;
}

function totalWidth(widths: readonly number[]): number {
	return widths.reduce((sum, width) => sum + width, 0) + gap.length * (widths.length - 1);
}
