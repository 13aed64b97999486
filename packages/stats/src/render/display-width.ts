import { stripVTControlCharacters } from "node:util";

// East Asian wide and fullwidth characters (Unicode Standard Annex 11), and everything that may be drawn as an emoji.
const wide =
	/[\u1100-\u115f\u2329\u232a\u2e80-\u303e\u3040-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6b\uff01-\uff60\uffe0-\uffe6\u{1b000}-\u{1b2ff}\u{1f000}-\u{1faff}\u{20000}-\u{3fffd}]|\p{Extended_Pictographic}|\p{Regional_Indicator}/u;

/**
 * How many columns of a terminal a clean text takes, colours aside. Where terminals disagree, rather too many: a line
 * that is too short looks odd, one that is too long breaks.
 */
export function displayWidth(text: string): number {
	let width = 0;
	for (const character of stripVTControlCharacters(text)) width += widthOf(character);
	return width;
}

/** Cuts an uncoloured text to a number of columns, the last of which then says that something is missing. */
export function cutTo(text: string, width: number): string {
	if (displayWidth(text) <= width) return text;
	let cut = "";
	let left = width - 1;
	for (const character of text) {
		left -= widthOf(character);
		if (left < 0) break;
		cut += character;
	}
	return width > 0 ? `${cut.trimEnd()}…` : "";
}

/** As `cutTo`, but the end is kept, as of a path: `…/logs/usage.csv`. */
export function cutFromStart(text: string, width: number): string {
	if (displayWidth(text) <= width) return text;
	let cut = "";
	let left = width - 1;
	for (const character of [...text].reverse()) {
		left -= widthOf(character);
		if (left < 0) break;
		cut = character + cut;
	}
	return width > 0 ? `…${cut.trimStart()}` : "";
}

function widthOf(character: string): number {
	if (wide.test(character)) return 2;
	return /[\u0300-\u036f]/.test(character) ? 0 : 1;
}
