import { cleanText, cutEnd, escapeMarkdown } from "@tidemark/text";
import type { Block, Cell, Column, Document, KeyFigures, Line, Part, Table } from "../documents/document.ts";
import { formatCell, formatColumnCell, isNumeric, limitRows, visibleColumns } from "./format.ts";
import { mermaidChart } from "./mermaid.ts";
import { sparkline } from "./sparkline.ts";

/** GitHub refuses a job summary over a megabyte; nobody reads this many rows either. */
const maxRows = 200;
/** Longer names would push the figures out of sight. */
const maxName = 120;

/** A document as GitHub-flavoured Markdown, for a job summary or a comment. */
export function renderMarkdown({ parts, zone }: Document): string {
	return joinBlocks(parts.map((part) => renderMarkdownPart(part, zone)));
}

/** One part as Markdown; empty if there is nothing to read. */
export function renderMarkdownPart({ title, scope = [], isEmpty, blocks }: Part, zone: string): string {
	if (isEmpty) return "";
	const figures = blocks.filter((block) => block.kind === "figures");
	return joinBlocks([
		title ? `### ${plain(title)}` : "",
		plain(scope.join(" · ")),
		figureTable(figures, zone),
		...blocks.map((block) => renderBlock(block, zone)),
	]);
}

function renderBlock(block: Block, zone: string): string {
	switch (block.kind) {
		case "figures":
			return "";
		case "table":
			return renderTable(block, zone);
		case "chart":
			return mermaidChart(block);
		case "remarks":
			// Plain lines are paragraphs, others items of a list.
			return block.tone === "plain"
				? joinBlocks(block.lines.map(renderLine))
				: block.lines.map((line) => `- ${renderLine(line)}`).join("\n");
		case "details": {
			const content = joinBlocks(block.parts.map((part) => renderMarkdownPart(part, zone)));
			return content && `<details>\n<summary>${plain(block.title)}</summary>\n\n${content}\n\n</details>`;
		}
	}
}

function renderLine({ lead, facts, command }: Line): string {
	const words = plain(facts.join(" · "));
	return `${lead === undefined ? "" : `**${plain(lead)}**: `}${words}${command === undefined ? "" : `: \`${command}\``}`;
}

function figureTable(sets: readonly KeyFigures[], zone: string): string {
	const figures = sets.flatMap(({ lines }) => lines);
	if (figures.length === 0) return "";
	const rows = figures.map(({ label, value, trend, notes }) => {
		const drawn = trend.some((each) => each !== null) ? [sparkline(trend)] : [];
		return [
			`**${plain(label)}**`,
			unbroken(formatCell(value, "text", zone)),
			[...drawn, ...notes.map(plain)].join(" · "),
		];
	});
	return ["| | | |", "|---|--:|---|", ...rows.map(renderRow)].join("\n");
}

function renderTable(table: Table, zone: string): string {
	const { shown, more } = limitRows(table, maxRows);
	if (shown.length === 0) return "";
	const columns = visibleColumns(table);
	return joinBlocks([
		table.title ? `#### ${plain(table.title)}` : "",
		[
			renderRow(columns.map(({ column }) => plain(column.title ?? ""))),
			`|${columns.map(({ column }) => (isNumeric(column.unit) ? "--:" : "---")).join("|")}|`,
			...shown.map((row) => renderRow(columns.map(({ column, index }) => renderCell(row[index], column, zone)))),
		].join("\n"),
		more ?? "",
	]);
}

function renderCell(cell: Cell | undefined, column: Column, zone: string): string {
	const { unit, tone } = column;
	const text = formatColumnCell(cell, column, zone);
	const shown = isNumeric(unit) ? unbroken(text) : escapeMarkdown(cutEnd(text, maxName));
	// What did not end well should be seen.
	const isStrong = tone === "strong" || (unit === "outcome" && text !== "done");
	return isStrong && shown !== "" ? `**${shown}**` : shown;
}

/** A figure stays on one line with its unit. */
function unbroken(text: string): string {
	return text.replaceAll(" ", "\u00a0");
}

/** A text from outside or ours, as it is. */
function plain(text: string): string {
	return escapeMarkdown(cleanText(text));
}

function renderRow(cells: readonly string[]): string {
	return `| ${cells.join(" | ")} |`;
}

/** Blocks with an empty line between them; those without content are left out. */
function joinBlocks(blocks: readonly string[]): string {
	return blocks.filter((block) => block !== "").join("\n\n");
}
