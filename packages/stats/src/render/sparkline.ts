const blocks = "▁▂▃▄▅▆▇█";
const middle = "▄";

/**
 * A row of numbers drawn as blocks, from 0 to the largest: `▁▃█▂`. What is not known is a gap, what never changes a line
 * at half height; only a true 0 lies on the ground.
 */
export function sparkline(values: readonly (number | null)[]): string {
	const known = values.filter((value) => value !== null);
	const max = Math.max(...known);
	const isConstant = known.every((value) => value === max);
	return values
		.map((value) => {
			if (value === null) return " ";
			return isConstant ? middle : blocks.charAt(Math.ceil((Math.max(value, 0) / max) * (blocks.length - 1)));
		})
		.join("");
}

/** Adds up neighbours until there are at most `max` values. */
export function condense(values: readonly (number | null)[], max: number): (number | null)[] {
	const together = Math.ceil(values.length / max);
	if (together <= 1) return [...values];
	return Array.from({ length: Math.ceil(values.length / together) }, (_, index) => {
		const known = values.slice(index * together, (index + 1) * together).filter((value) => value !== null);
		return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
	});
}

const eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/** A bar of at most `width` blocks for a share, to an eighth of a block: `████▌`. Something is never drawn as nothing. */
export function bar(share: number, width: number): string {
	if (share <= 0) return "";
	const length = Math.max(1, Math.round(share * width * 8));
	return "█".repeat(Math.floor(length / 8)) + (eighths[length % 8] ?? "");
}
