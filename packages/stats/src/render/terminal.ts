import type { Overview } from "../overview.ts";
import { cutTo, displayWidth } from "./display-width.ts";
import { flow } from "./flow.ts";
import { complaintsOf, ingestionColumns } from "./ingestion-columns.ts";
import { type Paint, painter } from "./paint.ts";
import type { KeyFigure, Part, PartTable } from "./part.ts";
import { absencesOf, partsOf } from "./parts.ts";
import { rejectionsCommand, rejectionsOf } from "./rejections.ts";
import { textTable } from "./text-table.ts";

export interface TerminalOptions {
	/** Columns, at least 20; no line is longer. */
	readonly width: number;
	/** Whether ANSI colours may be used. */
	readonly color: boolean;
}

interface Canvas {
	readonly width: number;
	readonly paint: Paint;
}

/** Below this many columns only what matters most. */
const roomy = 100;
const narrowest = 20;
const mostGroups = 40;
const mostIngestions = 10;
const mostComplaints = 3;

/** The overview as a person reads it in a terminal. Names from the database cannot steer it. */
export function renderTerminal(overview: Overview, options: TerminalOptions): string {
	const width = Math.max(options.width, narrowest);
	const canvas = { width, paint: painter(options.color) };
	const parts = partsOf(overview, { isCompact: width < roomy, mostRows: mostGroups });
	const blocks = [
		...parts.flatMap((part) => partBlocks(part, canvas)),
		absencesOf(overview).flatMap((absence) => flow(absence.split(" "), width, " ")),
		ingestionBlock(overview, canvas),
		rejectionBlock(overview, canvas),
	];
	return blocks
		.filter((block) => block.length > 0)
		.map((block) => block.join("\n"))
		.join("\n\n");
}

function partBlocks({ title, scope, figures, tables, remarks }: Part, canvas: Canvas): string[][] {
	const { width, paint } = canvas;
	const valueWidth = Math.max(...figures.map(({ value }) => displayWidth(value)));
	return [
		[paint("bold", cutTo(title, width)), ...flow(scope, width).map((line) => paint("dim", line))],
		figures.flatMap((figure) => keyFigureLines(figure, valueWidth, canvas)),
		...tables.map((table) => tableBlock(table, canvas)),
		remarks.flatMap((remark) => flow(remark, width).map((line) => paint("dim", line))),
	];
}

/** The notes stand beside value and trend, or below where they would not fit on one line there. */
function keyFigureLines(figure: KeyFigure, valueWidth: number, { width, paint }: Canvas): string[] {
	const value = `  ${figure.label.padEnd(12)}${figure.value.padStart(valueWidth)}`;
	const beside = displayWidth(value) + 2;
	const trend = beside + displayWidth(figure.trend) <= width ? figure.trend : "";
	const left = width - beside - (trend ? displayWidth(trend) + 2 : 0);
	const isRoomy = width - beside >= 20;
	const indent = isRoomy ? beside : 4;
	const notes = flow(figure.notes, width - indent).map((note) => paint("dim", note));
	const isBeside = isRoomy && (!trend || displayWidth(figure.notes.join(" · ")) <= left);
	const first = [paint("bold", cutTo(value, width)), ...(trend ? [paint("cyan", trend)] : [])];
	if (isBeside) first.push(...notes.splice(0, 1));
	return [first.join("  "), ...notes.map((note) => " ".repeat(indent) + note)];
}

function tableBlock({ title, draw, more }: PartTable, { width, paint }: Canvas): string[] {
	return [
		...(title ? [paint("bold", cutTo(title, width))] : []),
		draw((columns, rows) => textTable(columns, rows, { width, paint })),
		...(more ? [paint("dim", cutTo(`  ${more}`, width))] : []),
	];
}

function ingestionBlock({ ingestions, period }: Overview, { width, paint }: Canvas): string[] {
	if (ingestions.length === 0) return [];
	const shown = ingestions.slice(0, mostIngestions);
	const left = ingestions.length - shown.length;
	return [
		paint("bold", cutTo("Last ingestions", width)),
		textTable(ingestionColumns(shown, period.zone), shown, { width, paint }),
		...(left > 0 ? [paint("dim", cutTo(`  and ${left} more`, width))] : []),
		...complaintsOf(ingestions)
			.slice(0, mostComplaints)
			.map((complaint) => paint("yellow", cutTo(`  ${complaint}`, width))),
	];
}

function rejectionBlock(overview: Overview, { width, paint }: Canvas): string[] {
	const rejections = rejectionsOf(overview);
	if (!rejections) return [];
	return flow([rejections, `look at them: ${rejectionsCommand}`], width, "; ").map((line) => paint("yellow", line));
}
