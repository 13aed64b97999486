const blocks = "▁▂▃▄▅▆▇█";
const middle = "▄";

/**
 * A row of numbers drawn as blocks, from 0 to the largest: `▁▃█▂`. What is not known is a gap, what never changes a line
 * at half height; only a true 0 lies on the ground.
 */
export function sparkline(values: readonly (number | null)[]): string {
	const known = values.filter((value) => value !== null);
	const largest = Math.max(...known);
	const isConstant = known.every((value) => value === largest);
	return values
		.map((value) => {
			if (value === null) return " ";
			return isConstant ? middle : blocks.charAt(Math.ceil((Math.max(value, 0) / largest) * (blocks.length - 1)));
		})
		.join("");
}

/** Adds up neighbours until there are at most `most` values. */
export function condense(values: readonly (number | null)[], most: number): (number | null)[] {
	const together = Math.ceil(values.length / most);
	if (together <= 1) return [...values];
	return Array.from({ length: Math.ceil(values.length / together) }, (_, index) => {
		const known = values.slice(index * together, (index + 1) * together).filter((value) => value !== null);
		return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
	});
}

const eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/** A bar of at most `width` blocks, to an eighth of one: `████▌`. Something is never drawn as nothing. */
export function bar(value: number, largest: number, width: number): string {
	if (value <= 0 || largest <= 0) return "";
	const length = Math.max(1, Math.round((value / largest) * width * 8));
	return "█".repeat(Math.floor(length / 8)) + (eighths[length % 8] ?? "");
}
