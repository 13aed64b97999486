import type { Overview } from "../overview.ts";
import { escapeMarkdown } from "./escape-markdown.ts";
import { complaintsOf, ingestionColumns } from "./ingestion-columns.ts";
import type { KeyFigure, Part } from "./part.ts";
import { absencesOf, partsOf } from "./parts.ts";
import { rejectionsCommand, rejectionsOf } from "./rejections.ts";
import type { Column } from "./text-table.ts";

/** GitHub refuses a job summary over a megabyte; nobody reads this many rows either. */
const mostRows = 200;

/** The overview as GitHub-flavoured Markdown, for a job summary or a comment. */
export function renderMarkdown(overview: Overview): string {
	const { ingestions, period } = overview;
	const rejections = rejectionsOf(overview);
	const blocks = [
		...partsOf(overview, { isCompact: false, mostRows }).flatMap(partBlocks),
		...absencesOf(overview),
		ingestions.length > 0 ? "#### Last ingestions" : "",
		ingestions.length > 0 ? table(ingestionColumns(ingestions, period.zone), ingestions.slice(0, mostRows)) : "",
		complaintsOf(ingestions)
			.map((complaint) => `- ${escapeMarkdown(complaint)}`)
			.join("\n"),
		rejections ? `${escapeMarkdown(rejections)}; look at them: \`${rejectionsCommand}\`` : "",
	];
	return blocks.filter((block) => block !== "").join("\n\n");
}

function partBlocks({ title, scope, figures, tables, remarks }: Part): string[] {
	return [
		`### ${title}`,
		escapeMarkdown(scope.join(" · ")),
		figures.length > 0 ? keyFigureTable(figures) : "",
		...tables.flatMap(({ title, draw, more }) => [title ? `#### ${title}` : "", draw(table), more ?? ""]),
		remarks.map((remark) => `- ${escapeMarkdown(remark.join(" · "))}`).join("\n"),
	];
}

function keyFigureTable(figures: readonly KeyFigure[]): string {
	const cells = figures.map(({ label, value, trend, notes }) => {
		return [`**${label}**`, value, [...(trend ? [trend] : []), ...notes.map(escapeMarkdown)].join(" · ")];
	});
	return ["| | | |", "|---|--:|---|", ...cells.map(rowOf)].join("\n");
}

function table<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
	return [
		rowOf(columns.map(({ title }) => title)),
		`|${columns.map(({ align }) => (align === "left" ? "---" : "--:")).join("|")}|`,
		...rows.map((row) => rowOf(columns.map((column) => escapeMarkdown(column.text(row))))),
	].join("\n");
}

function rowOf(cells: readonly string[]): string {
	return `| ${cells.join(" | ")} |`;
}
