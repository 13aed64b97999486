/**
 * A text that Markdown shows as it is: no cell, tag, link, emphasis or code begins in it, and nobody is notified.
 * Character references cannot stand for structure (https://spec.commonmark.org/0.31.2/#entity-and-numeric-character-references);
 * only GitHub's @mentions are looked for after they are resolved, so there something invisible stands between.
 */
export function escapeMarkdown(text: string): string {
	return text
		.replace(/[&<>|\\`*[\]~]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|:(?=\/\/)|(?<=www)\./giu, (character) => {
			return `&#${character.codePointAt(0)};`;
		})
		.replace(/(?<!\w)@/g, "@\u200b");
}
