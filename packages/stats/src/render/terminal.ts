import {
	cleanText,
	createPainter,
	cutEnd,
	flowParts,
	formatTable,
	measureWidth,
	type Paint,
	type Style,
	type Column as TextColumn,
} from "@tidemark/text";
import type {
	Block,
	Cell,
	Document,
	KeyFigure,
	KeyFigures,
	Line,
	Part,
	Remarks,
	Table,
} from "../documents/document.ts";
import { formatCell, formatColumnCell, isNumeric, limitRows, visibleColumns } from "./format.ts";
import { sparkline } from "./sparkline.ts";

export interface TerminalOptions {
	/** Columns, at least 20; no line is longer. */
	readonly width: number;
	/** Whether ANSI colours may be used. */
	readonly color: boolean;
}

interface Canvas {
	readonly width: number;
	readonly paint: Paint;
	readonly zone: string;
}

const minWidth = 20;
const maxRows = 40;

/** A document as a person reads it in a terminal. Names from the database cannot steer it. */
export function renderTerminal({ parts, zone }: Document, options: TerminalOptions): string {
	const canvas = { width: Math.max(options.width, minWidth), paint: createPainter(options.color), zone };
	return parts
		.filter(({ isEmpty }) => !isEmpty)
		.flatMap((part) => partParagraphs(part, canvas))
		.filter((lines) => lines.length > 0)
		.map((lines) => lines.join("\n"))
		.join("\n\n");
}

function partParagraphs({ title, scope = [], blocks }: Part, canvas: Canvas): string[][] {
	const { width, paint } = canvas;
	const heading = title ? [paint("bold", cutEnd(title, width))] : [];
	const figures = blocks.filter((block) => block.kind === "figures");
	return [
		[...heading, ...flowParts(scope, width).map((line) => paint("dim", line))],
		figureLines(figures, canvas),
		...blocks.flatMap((block) => blockParagraphs(block, canvas)),
	];
}

function blockParagraphs(block: Block, canvas: Canvas): string[][] {
	switch (block.kind) {
		case "table":
			return [tableLines(block, canvas)];
		case "remarks":
			return [remarkLines(block, canvas)];
		case "details":
			return block.parts.flatMap((part) => partParagraphs(part, canvas));
		default:
			return [];
	}
}

/** The lines of all sets of a part have one column of labels and one of values. */
function figureLines(sets: readonly KeyFigures[], canvas: Canvas): string[] {
	const figures = sets.flatMap(({ lines }) => lines);
	const labelWidth = Math.max(...figures.map(({ label }) => measureWidth(label)));
	const values = figures.map(({ value }) => formatCell(value, "text", canvas.zone));
	const valueWidth = Math.max(...values.map(measureWidth));
	return figures.flatMap((figure, index) => {
		const label = figure.label + " ".repeat(labelWidth - measureWidth(figure.label));
		return keyFigureLines(figure, `  ${label}  ${(values[index] ?? "").padStart(valueWidth)}`, canvas);
	});
}

/** The notes stand beside value and trend, or below if they would not fit on one line there. */
function keyFigureLines({ trend: series, notes }: KeyFigure, value: string, { width, paint }: Canvas): string[] {
	const beside = measureWidth(value) + 2;
	const drawn = series.some((each) => each !== null) ? sparkline(series) : "";
	const trend = beside + measureWidth(drawn) <= width ? drawn : "";
	const left = width - beside - (trend ? measureWidth(trend) + 2 : 0);
	const isRoomy = width - beside >= 20;
	const indent = isRoomy ? beside : 4;
	const clean = notes.map(cleanText);
	const lines = flowParts(clean, width - indent).map((note) => paint("dim", note));
	const isBeside = isRoomy && (!trend || measureWidth(clean.join(" · ")) <= left);
	const first = [paint("bold", cutEnd(value, width)), ...(trend ? [paint("cyan", trend)] : [])];
	if (isBeside) first.push(...lines.splice(0, 1));
	return [first.join("  "), ...lines.map((line) => " ".repeat(indent) + line)];
}

function tableLines(table: Table, { width, paint, zone }: Canvas): string[] {
	const { shown, more } = limitRows(table, maxRows);
	if (shown.length === 0) return [];
	const columns = visibleColumns(table).map(({ column, index }): TextColumn<readonly Cell[]> => {
		const text = (row: readonly Cell[]) => formatColumnCell(row[index], column, zone);
		return {
			title: column.title ?? "",
			align: isNumeric(column.unit) ? "right" : "left",
			weight: column.importance ?? 0,
			...(column.cutTo && { minWidth: column.cutTo }),
			...(column.keepsEnd && { keepsEnd: true }),
			text,
			...(column.unit === "outcome" && { style: (row) => outcomeStyles[text(row)] ?? "yellow" }),
			...(column.unit === "trend" || column.unit === "bar" ? { style: () => "cyan" } : {}),
			...(column.tone === "bad" && { style: () => "red" }),
		};
	});
	return [
		...(table.title ? [paint("bold", cutEnd(table.title, width))] : []),
		formatTable(columns, shown, { width, paint }),
		...(more === null ? [] : [paint("dim", cutEnd(`  ${more}`, width))]),
	];
}

const outcomeStyles: Readonly<Record<string, Style>> = { done: "green", failed: "red" };

const toneStyles = { dim: "dim", warning: "yellow" } as const;

function remarkLines({ lines, tone }: Remarks, { width, paint }: Canvas): string[] {
	const written = lines.flatMap((line) => flowLine(line, width));
	return tone === "plain" ? written : written.map((line) => paint(toneStyles[tone], line));
}

/** Facts stay whole if they fit on a line; longer ones are broken between words. */
function flowLine({ lead, facts, command }: Line, width: number): string[] {
	const whole = facts.map((fact, index) => {
		const begin = index === 0 && lead ? `${lead}: ` : "";
		const end = index === facts.length - 1 && command ? `: ${command}` : "";
		return cleanText(`${begin}${fact}${end}`);
	});
	const isLong = whole.some((fact) => measureWidth(fact) > width);
	return isLong ? flowParts(whole.join(" · ").split(" "), width, " ") : flowParts(whole, width);
}
