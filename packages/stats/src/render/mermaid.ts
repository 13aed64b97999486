import type { Chart } from "../documents/document.ts";

/** They differ visibly on white and on black. */
const colors = { blue: "#4c8dd6", red: "#d9534f" };

/**
 * A chart as GitHub draws it from Mermaid's text; only words of ours, numbers and dates stand in it. Mermaid has no
 * legend, and the first of its own colours cannot be seen on white. Empty if nothing is above 0.
 */
export function mermaidChart({ title, axis, series, dates }: Chart): string {
	const max = Math.max(...series.flatMap(({ values }) => values));
	if (max <= 0) return "";
	return [
		"```mermaid",
		"---",
		"config:",
		"  xyChart:",
		"    height: 280",
		"  themeVariables:",
		"    xyChart:",
		`      plotColorPalette: "${series.map(({ color }) => colors[color]).join(", ")}"`,
		"---",
		"xychart-beta",
		`  title "${title}"`,
		`  x-axis [${dates.map((date) => `"${date.slice(5)}"`).join(", ")}]`,
		`  y-axis "${axis}" 0 --> ${ceiling(max)}`,
		...series.map(({ values }) => `  bar [${values.map((value) => Number(value.toFixed(4))).join(", ")}]`),
		"```",
	].join("\n");
}

/** A round number that is not smaller. */
function ceiling(value: number): number {
	const power = 10 ** Math.floor(Math.log10(value));
	const factor = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8].find((each) => each * power >= value) ?? 10;
	return Number((factor * power).toPrecision(3));
}
