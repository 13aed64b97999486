import { escapeUnits } from "./clean.ts";

/**
 * Text that Markdown shows as it is: no cell, tag, link, emphasis, code, heading or formula begins in it, nobody is
 * notified and no issue is referred to. Character references cannot stand for structure
 * (https://spec.commonmark.org/0.31.2/#entity-and-numeric-character-references), but GitHub looks for @mentions and #12
 * after resolving them: there something invisible stands between. Escapes text only; `cleanText` makes it one line.
 */
export function escapeMarkdown(text: string): string {
	return text
		.replace(/[&<>|\\`*[\]~$#]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|:(?=\/\/)|(?<=www)\./giu, (character) => {
			return `&#${character.codePointAt(0)};`;
		})
		.replace(/(?<!\w)@|&#35;(?=\d)|\bGH-(?=\d)/gi, "$&\u200b");
}

/**
 * A value as indented JSON that is safe to print. Characters that JSON lets through but a terminal obeys, and the
 * beginning of a workflow command, are written as escapes: whoever parses it gets the same value.
 */
export function formatJson(value: unknown): string {
	return JSON.stringify(value, null, 2)
		.replace(/[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu, escapeUnits)
		.replaceAll("##[", "\\u0023#[");
}

/**
 * One cell of CSV, quoted as in RFC 4180; null is empty. A spreadsheet runs a text that begins like a formula, full-width
 * signs included, and an apostrophe stops that (https://owasp.org/www-community/attacks/CSV_Injection). Control characters
 * other than white space are dropped. No line begins a workflow command, because a workflow may print the file.
 */
export function formatCsvCell(value: string | number | null): string {
	if (value === null) return "";
	if (typeof value === "number") return String(value);
	const visible = disarmWorkflowCommands(value.replace(/[^\P{Cc}\t\r\n]/gu, ""));
	const harmless = /^[=+\-@＝＋－＠\t\r\n]/.test(visible) ? `'${visible}` : visible;
	return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

// The runner compares words the way of its culture: it does not see what is invisible, so we look through it too.
const unseen = "[\\p{Cc}\\p{Cf}\\p{Default_Ignorable_Code_Point}]*";
const command = new RegExp(`^([\\s\\p{Cc}\\p{Cf}\\p{Default_Ignorable_Code_Point}]*:)${unseen}:`, "gmu");
const oldCommand = new RegExp(`#${unseen}#${unseen}\\[`, "gu");

/**
 * Text in which the runner of GitHub Actions finds no command: `::name::` at the beginning of a line, `##[name]`
 * anywhere. A space then stands inside; everything else stays.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function disarmWorkflowCommands(text: string): string {
	return text.replace(command, "$1 :").replace(oldCommand, "## [");
}
