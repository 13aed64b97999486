/** Longer names would push the figures out of sight. */
const longest = 120;

/**
 * A text from outside that Markdown shows as it is, on one line: no cell, tag, link, emphasis, formula or code begins in
 * it, and nobody is notified. Character references cannot stand for structure
 * (https://spec.commonmark.org/0.31.2/#entity-and-numeric-character-references); only GitHub's @mentions are looked for
 * after they are resolved, so there something invisible stands between.
 */
export function plainText(text: string): string {
	const clean = text
		.normalize("NFC")
		.toWellFormed()
		.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ")
		.replace(/[\p{Cf}\p{Variation_Selector}]/gu, "")
		.trim();
	return escaped(clean.length > longest ? `${clean.slice(0, longest).toWellFormed()}…` : clean);
}

/** The same without a limit, for whole sentences of ours with something from outside in them. */
export function escaped(text: string): string {
	return text
		.replace(/[&<>|\\`*[\]~$#]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|:(?=\/\/)|(?<=www)\./giu, (character) => {
			return `&#${character.codePointAt(0)};`;
		})
		.replace(/(?<!\w)@/g, "@\u200b");
}

export interface Column<Row> {
	readonly title: string;
	readonly align: "left" | "right";
	/** Markdown. */
	cell(row: Row): string;
}

/** Nobody reads more rows than this, and GitHub refuses a summary over a megabyte. */
const mostRows = 200;

/** A table in Markdown; empty where there are no rows. */
export function table<Row>(columns: readonly Column<NoInfer<Row>>[], rows: readonly Row[]): string {
	if (rows.length === 0) return "";
	const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
	const left = rows.length - mostRows;
	return [
		line(columns.map(({ title }) => title)),
		`|${columns.map(({ align }) => (align === "left" ? ":---" : "---:")).join("|")}|`,
		...rows.slice(0, mostRows).map((row) => line(columns.map((column) => shown(column, row)))),
		...(left > 0 ? ["", `and ${left} more`] : []),
	].join("\n");
}

/** A figure stays on one line with its unit. */
function shown<Row>({ align, cell }: Column<Row>, row: Row): string {
	return align === "right" ? cell(row).replaceAll(" ", "\u00a0") : cell(row);
}

/** Blocks with an empty line between them; those without content are left out. */
export function blocks(...parts: readonly string[]): string {
	return parts.filter((part) => part !== "").join("\n\n");
}

/** What is folded away until somebody asks. */
export function folded(title: string, content: string): string {
	return content === "" ? "" : `<details>\n<summary>${title}</summary>\n\n${content}\n\n</details>`;
}
