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

const references: Readonly<Record<string, string>> = {
	"&": "&amp;",
	"<": "&lt;",
	">": "&gt;",
	'"': "&quot;",
	"'": "&#39;",
};

/** Text that HTML shows as it is, between tags and in quoted attributes. */
export function escapeHtml(text: string): string {
	return text.replace(/[&<>"']/g, (character) => references[character] ?? "");
}
