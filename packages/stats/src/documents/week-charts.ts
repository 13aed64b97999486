import { mergeCalls } from "../measures/calls.ts";
import { mergeCi } from "../measures/ci.ts";
import { addKnown } from "../measures/columns.ts";
import type { CallFacts, CiFacts } from "../measures/read.ts";
import type { Timeline } from "../measures/timeline.ts";
import type { Chart } from "./document.ts";
import { groupBy } from "./trends.ts";

/** Runs of each day, and the failed ones in front of them. */
export function runsChart({ runs, timeline, period }: CiFacts): Chart {
	const days = groupBy(runs, ({ piece }) => findDate(timeline, piece));
	const dates = listDates(period.since);
	const measures = dates.map((date) => mergeCi(days.get(date) ?? [], []));
	return {
		kind: "chart",
		title: "Runs a day: all (blue), failed (red)",
		axis: "Runs",
		dates,
		series: [
			{ color: "blue", values: measures.map((day) => day.runs) },
			{ color: "red", values: measures.map((day) => day.failed) },
		],
	};
}

/** What the calls of each day cost; those without a known cost add nothing. */
export function callsChart({ cells, timeline, period }: CallFacts): Chart {
	const days = groupBy(cells, ({ piece }) => findDate(timeline, piece));
	const dates = listDates(period.since);
	const costs = dates.map((date) => {
		const { reportedNanoUsd, estimatedNanoUsd } = mergeCalls(days.get(date) ?? []);
		return (addKnown([reportedNanoUsd, estimatedNanoUsd]) ?? 0) / 1e9;
	});
	return {
		kind: "chart",
		title: "LLM calls, US dollars a day",
		axis: "USD",
		dates,
		series: [{ color: "blue", values: costs }],
	};
}

function findDate(timeline: Timeline | null, piece: number): string {
	return timeline?.days[timeline.findDay(piece)]?.date ?? "";
}

/** Today and the six dates before it; of an eighth the period holds only the end. */
function listDates(since: string): string[] {
	return Array.from({ length: 7 }, (_, day) =>
		new Date(Date.parse(since) + (day + 1) * 86_400_000).toISOString().slice(0, 10),
	);
}
