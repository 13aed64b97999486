/** Characters nobody sees: they reorder a line (bidi), join or vary others, or make two names look alike. */
const invisible = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

/**
 * Text from outside as one harmless line: no control characters, which steer a terminal, no line ends, nothing
 * invisible. White space is collapsed.
 */
export function cleanText(text: string): string {
	return text
		.normalize("NFC")
		.toWellFormed()
		.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ")
		.replace(invisible, "")
		.trim();
}

/** A name as a group's title: a missing and an empty one are visible too. */
export function formatName(name: string | null): string {
	return name === null ? "(none)" : cleanText(name) || "(empty)";
}

/**
 * A file's name on one harmless line. Nothing is dropped, because it has to be found again: what steers a terminal, ends
 * a line or cannot be seen is written as its code, `usage\u001b[2J.csv`.
 */
export function cleanPath(path: string): string {
	return path.toWellFormed().replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu, escapeUnits);
}

/** The code units of a character in the notation of JSON and JavaScript: `\u001b`. */
export function escapeUnits(character: string): string {
	return Array.from(character.split(""), (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`).join("");
}
