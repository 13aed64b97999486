import type { Weeks } from "./weeks.ts";

/** They can be told apart on white and on black. */
const colours = { blue: "#4c8dd6", red: "#d9534f" };

interface Chart {
	readonly title: string;
	readonly axis: string;
	/** Bars of a series stand before those of the one above it. */
	readonly series: readonly (readonly number[])[];
	readonly colours: readonly string[];
	readonly dates: readonly string[];
}

/** Runs of each day, and the failed ones in front of them. */
export function runsChart({ now }: Weeks): string {
	const days = new Map(now.ci.days?.map((day) => [day.name, day]));
	const dates = datesOf(now.period.since);
	const failed = (date: string) => {
		const { rate, known } = days.get(date)?.success ?? { rate: null, known: 0 };
		return rate === null ? 0 : Math.round((1 - rate) * known);
	};
	return chart({
		title: "Runs a day: all (blue), failed (red)",
		axis: "Runs",
		series: [dates.map((date) => days.get(date)?.runs ?? 0), dates.map(failed)],
		colours: [colours.blue, colours.red],
		dates,
	});
}

/** What the calls of each day cost; those without a known cost add nothing. */
export function costChart({ now }: Weeks): string {
	const days = new Map(now.llm.groups.map((day) => [day.name, day]));
	const dates = datesOf(now.period.since);
	return chart({
		title: "LLM calls, US dollars a day",
		axis: "USD",
		series: [dates.map((date) => days.get(date)?.cost.usd ?? 0)],
		colours: [colours.blue],
		dates,
	});
}

/** Today and the six dates before it; of an eighth the period holds only the end. */
function datesOf(since: string): string[] {
	return Array.from({ length: 7 }, (_, day) =>
		new Date(Date.parse(since) + (day + 1) * 86_400_000).toISOString().slice(0, 10),
	);
}

/**
 * A chart as GitHub draws it from Mermaid's text; only numbers and dates stand in it. Mermaid has no legend, and the
 * first of its own colours cannot be seen on white.
 */
function chart({ title, axis, series, colours, dates }: Chart): string {
	const highest = Math.max(...series.flat());
	if (highest <= 0) return "";
	return [
		"```mermaid",
		"---",
		"config:",
		"  xyChart:",
		"    height: 280",
		"  themeVariables:",
		"    xyChart:",
		`      plotColorPalette: "${colours.join(", ")}"`,
		"---",
		"xychart-beta",
		`  title "${title}"`,
		`  x-axis [${dates.map((date) => `"${date.slice(5)}"`).join(", ")}]`,
		`  y-axis "${axis}" 0 --> ${ceiling(highest)}`,
		...series.map((values) => `  bar [${values.map((value) => Number(value.toFixed(4))).join(", ")}]`),
		"```",
	].join("\n");
}

/** A round number that is not smaller. */
function ceiling(value: number): number {
	const power = 10 ** Math.floor(Math.log10(value));
	const factor = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8].find((each) => each * power >= value) ?? 10;
	return Number((factor * power).toPrecision(3));
}
