import type { Overview } from "../overview.ts";
import { groupColumns } from "./group-columns.ts";
import { emptinessOf, scopeOf, titleOf } from "./heading.ts";
import { complaintsOf, ingestionColumns } from "./ingestion-columns.ts";
import { keyFigures } from "./key-figures.ts";
import { painter } from "./paint.ts";
import { rejectionsCommand, rejectionsOf } from "./rejections.ts";
import type { Column } from "./text-table.ts";

/** GitHub refuses a job summary over a megabyte; nobody reads this many rows either. */
const mostRows = 200;

/** The overview as GitHub-flavoured Markdown, for a job summary or a comment. */
export function renderMarkdown(overview: Overview): string {
	const { groups, ingestions, period } = overview;
	const plain = painter(false);
	const emptiness = emptinessOf(overview);
	const rejections = rejectionsOf(overview);
	const left = groups.length - mostRows;
	const blocks = [
		`### ${titleOf(overview)}`,
		escaped(scopeOf(overview).join(" · ")),
		emptiness ? emptiness : keyFigureTable(overview),
		groups.length > 0 ? table(groupColumns(overview, plain, false), groups.slice(0, mostRows)) : "",
		left > 0 ? `and ${left} more` : "",
		ingestions.length > 0 ? "#### Last ingestions" : "",
		ingestions.length > 0 ? table(ingestionColumns(ingestions, period.zone, plain), ingestions.slice(0, mostRows)) : "",
		complaintsOf(ingestions)
			.map((complaint) => `- ${escaped(complaint)}`)
			.join("\n"),
		rejections ? `${escaped(rejections)}; look at them: \`${rejectionsCommand}\`` : "",
	];
	return blocks.filter((block) => block !== "").join("\n\n");
}

function keyFigureTable(overview: Overview): string {
	const cells = keyFigures(overview).map(({ label, value, trend, notes }) => {
		return [`**${label}**`, value, [...(trend ? [trend] : []), ...notes].join(" · ")];
	});
	return ["| | | |", "|---|--:|---|", ...cells.map(rowOf)].join("\n");
}

function table<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
	return [
		rowOf(columns.map(({ title }) => title)),
		`|${columns.map(({ align }) => (align === "left" ? "---" : "--:")).join("|")}|`,
		...rows.map((row) => rowOf(columns.map((column) => escaped(column.text(row))))),
	].join("\n");
}

function rowOf(cells: readonly string[]): string {
	return `| ${cells.join(" | ")} |`;
}

/**
 * A text that Markdown shows as it is: no cell, tag, link, emphasis or code begins in it, and nobody is notified.
 * Character references cannot stand for structure (https://spec.commonmark.org/0.31.2/#entity-and-numeric-character-references);
 * only GitHub's @mentions are looked for after they are resolved, so there something invisible stands between.
 */
function escaped(text: string): string {
	return text
		.replace(/[&<>|\\`*[\]~]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|:(?=\/\/)|(?<=www)\./giu, (character) => {
			return `&#${character.codePointAt(0)};`;
		})
		.replace(/(?<!\w)@/g, "@\u200b");
}
