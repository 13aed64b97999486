import type { Group } from "../calls.ts";
import type { Overview } from "../overview.ts";
import { cutTo, displayWidth } from "./display-width.ts";
import { flow } from "./flow.ts";
import { groupColumns } from "./group-columns.ts";
import { emptinessOf, scopeOf, titleOf } from "./heading.ts";
import { complaintsOf, ingestionColumns } from "./ingestion-columns.ts";
import { type KeyFigure, keyFigures } from "./key-figures.ts";
import { plural } from "./numbers.ts";
import { type Paint, painter } from "./paint.ts";
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
	const emptiness = emptinessOf(overview);
	const blocks = [
		heading(overview, canvas),
		emptiness ? flow(emptiness.split(" "), width, " ") : keyFigureBlock(overview, canvas),
		groupBlock(overview, canvas),
		ingestionBlock(overview, canvas),
		rejectionBlock(overview, canvas),
	];
	return blocks
		.filter((block) => block.length > 0)
		.map((block) => block.join("\n"))
		.join("\n\n");
}

function heading(overview: Overview, { width, paint }: Canvas): string[] {
	const title = paint("bold", cutTo(titleOf(overview), width));
	return [title, ...flow(scopeOf(overview), width).map((line) => paint("dim", line))];
}

function keyFigureBlock(overview: Overview, canvas: Canvas): string[] {
	const figures = keyFigures(overview);
	const valueWidth = Math.max(...figures.map(({ value }) => displayWidth(value)));
	return figures.flatMap((figure) => keyFigureLines(figure, valueWidth, canvas));
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

function groupBlock(overview: Overview, { width, paint }: Canvas): string[] {
	const { by, groups } = overview;
	if (!by || groups.length === 0) return [];
	// Of days the newest are wanted, of everything else the dearest.
	const shown: readonly Group[] = by === "day" ? groups.slice(-mostGroups) : groups.slice(0, mostGroups);
	const table = textTable(groupColumns({ ...overview, groups: shown }, paint, width < roomy), shown, { width, paint });
	const left = groups.length - shown.length;
	const more = `  and ${by === "day" ? plural(left, "earlier day") : `${left} more`}; --json and --csv have all of them`;
	return [table, ...(left > 0 ? [paint("dim", cutTo(more, width))] : [])];
}

function ingestionBlock({ ingestions, period }: Overview, { width, paint }: Canvas): string[] {
	if (ingestions.length === 0) return [];
	const shown = ingestions.slice(0, mostIngestions);
	const left = ingestions.length - shown.length;
	return [
		paint("bold", cutTo("Last ingestions", width)),
		textTable(ingestionColumns(shown, period.zone, paint), shown, { width, paint }),
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
