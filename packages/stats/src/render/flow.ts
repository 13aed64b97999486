import { cutTo, displayWidth } from "./display-width.ts";

/**
 * Puts parts one after the other, on as many lines of at most `width` columns as it takes. A part is never torn apart,
 * only cut if it is too long for a line of its own. Parts are clean and uncoloured; blank lines are left out.
 */
export function flow(parts: readonly string[], width: number, separator = " · "): string[] {
	const lines: string[] = [];
	for (const part of parts) {
		const longer = `${lines.at(-1)}${separator}${part}`;
		if (lines.length > 0 && displayWidth(longer) <= width) lines[lines.length - 1] = longer;
		else lines.push(cutTo(part, width));
	}
	return lines;
}
