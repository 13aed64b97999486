/**
 * A text from outside on one line of the log, in which the runner finds no command: `::name::` at the beginning of a
 * line, `##[name]` anywhere.
 */
export function harmless(text: string): string {
	return text
		.toWellFormed()
		.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ")
		.replace(/^\s*::/, ": :")
		.replaceAll("##[", "## [");
}
