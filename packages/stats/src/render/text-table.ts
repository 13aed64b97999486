import Table from "cli-table3";
import { cutFromStart, cutTo, displayWidth } from "./display-width.ts";
import type { Paint, Style } from "./paint.ts";

/** One column of a table of rows. */
export interface Column<Row> {
	readonly title: string;
	readonly align: "left" | "right";
	/** Uncoloured and clean. */
	text(row: Row): string;
	/** How dear it is: where the width does not suffice, the columns with the lowest go first. */
	readonly weight: number;
	/** Its texts may be cut to so many characters before a column has to go. */
	readonly cutTo?: number;
	/** Its texts differ at their ends, as paths do: that is what a cut leaves. */
	readonly keepsEnd?: boolean;
	/** How a terminal shows it. */
	style?(row: Row): Style;
}

const indent = "  ";
const gap = 2;

const lines = {
	...{ top: "", "top-mid": "", "top-left": "", "top-right": "" },
	...{ bottom: "", "bottom-mid": "", "bottom-left": "", "bottom-right": "" },
	...{ left: indent, "left-mid": indent, right: "", "right-mid": "" },
	...{ mid: "─", "mid-mid": " ".repeat(gap), middle: " ".repeat(gap) },
};

/** A table that is never wider than `width`: it cuts long texts first and then leaves out the least important columns. */
export function textTable<Row>(
	columns: readonly Column<Row>[],
	rows: readonly Row[],
	{ width, paint }: { width: number; paint: Paint },
): string {
	const fitted = fit(columns, rows, width - indent.length);
	const table = new Table({
		head: fitted.map(({ column, width }) => paint("bold", cutTo(column.title, width))),
		colAligns: fitted.map(({ column }) => column.align),
		chars: lines,
		style: { head: [], border: [], compact: true, "padding-left": 0, "padding-right": 0 },
	});
	for (const row of rows) {
		table.push(
			fitted.map(({ column, width }) => {
				const text = (column.keepsEnd ? cutFromStart : cutTo)(column.text(row), width);
				return column.style ? paint(column.style(row), text) : text;
			}),
		);
	}
	return table
		.toString()
		.split("\n")
		.map((line) => line.trimEnd())
		.join("\n");
}

interface Fitted<Row> {
	readonly column: Column<Row>;
	readonly width: number;
}

function fit<Row>(columns: readonly Column<Row>[], rows: readonly Row[], width: number): Fitted<Row>[] {
	let kept = columns.map((column) => {
		const natural = Math.max(displayWidth(column.title), ...rows.map((row) => displayWidth(column.text(row))));
		return { column, width: natural, least: Math.min(natural, column.cutTo ?? natural) };
	});
	while (kept.length > 1 && needed(kept.map(({ least }) => least)) > width) {
		const lightest = Math.min(...kept.map(({ column }) => column.weight));
		kept = kept.filter(({ column }) => column.weight > lightest);
	}
	const only = kept.length === 1;
	while (needed(kept.map((fitted) => fitted.width)) > width) {
		const cuttable = kept.filter((fitted) => fitted.width > (only ? 1 : fitted.least));
		if (cuttable.length === 0) break;
		cuttable.reduce((widest, other) => (other.width > widest.width ? other : widest)).width -= 1;
	}
	return kept;
}

function needed(widths: readonly number[]): number {
	return widths.reduce((sum, width) => sum + width, 0) + gap * (widths.length - 1);
}
