import stringWidth from "string-width";

const characters = new Intl.Segmenter("en", { granularity: "grapheme" });

/** How many columns of a terminal a text takes, colours aside. */
export const measureWidth = (text: string): number => stringWidth(text);

/** Cuts the end of an uncoloured text that is wider than `width` columns: `claude-…`. */
export function cutEnd(text: string, width: number): string {
	if (measureWidth(text) <= width) return text;
	const kept = take(splitText(text), width - 1).join("");
	return width > 0 ? `${kept.trimEnd()}…` : "";
}

/** Cuts the start, for texts that differ at their ends, as paths do: `…/logs/usage.csv`. */
export function cutStart(text: string, width: number): string {
	if (measureWidth(text) <= width) return text;
	const kept = take(splitText(text).reverse(), width - 1)
		.reverse()
		.join("");
	return width > 0 ? `…${kept.trimStart()}` : "";
}

/**
 * Puts parts one after the other, on as few lines of at most `width` columns as it takes. A part stays on one line; one
 * that is wider than a line is cut. Parts are clean and uncoloured.
 */
export function flowParts(parts: readonly string[], width: number, separator = " · "): string[] {
	const lines: string[] = [];
	for (const part of parts) {
		const longer = `${lines.at(-1)}${separator}${part}`;
		if (lines.length > 0 && measureWidth(longer) <= width) lines[lines.length - 1] = longer;
		else lines.push(cutEnd(part, width));
	}
	return lines;
}

function splitText(text: string): string[] {
	return Array.from(characters.segment(text), ({ segment }) => segment);
}

function take(all: readonly string[], width: number): string[] {
	let left = width;
	const end = all.findIndex((each) => {
		left -= measureWidth(each);
		return left < 0;
	});
	return all.slice(0, end === -1 ? all.length : end);
}
