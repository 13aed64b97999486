import { countValues, type Histogram } from "../math/histogram.ts";
import { type Figure, median } from "./figure.ts";

/** What is red, and how long red lasts. */
export interface BranchMeasures {
	/** Whether a run of a default branch succeeded or failed. */
	readonly hasResult: boolean;
	/** Workflows that are red as the period ends. */
	readonly red: number;
	/** Seconds that each closed incident took. */
	readonly toGreen: Histogram;
	readonly closedBySameCommit: number;
	readonly flakyMinutes: number;
}

export const redFigures: readonly Figure<BranchMeasures>[] = [
	{
		name: "red_now",
		label: "Red now",
		unit: "count",
		value: (m) => (m.hasResult ? m.red : null),
		about: "Workflows whose last result on the default branch is a failure. Not known without any result there.",
		better: "lower",
		remarks: (m) => {
			if (!m.hasResult) return ["no result on a default branch"];
			const words = m.red === 0 ? "all workflows are green" : m.red === 1 ? "workflow" : "workflows";
			return [`${words} on the default branch`];
		},
	},
	{
		name: "flaky_minutes",
		label: "Minutes lost to flaky runs",
		unit: "minutes",
		value: (m) => m.flakyMinutes,
		about: "The time that the failed jobs of flaky runs took.",
		better: "lower",
		beside: ["flaky_rate", "{value} lost"],
	},
];

export const greenFigures: readonly Figure<BranchMeasures>[] = [
	{
		name: "median_seconds",
		label: "Time to green, median",
		short: "To green",
		unit: "seconds",
		value: (m) => median(m.toGreen),
		n: (m) => countValues(m.toGreen),
		nName: "closed",
		of: ["time red", "times red"],
		says: "median of {n}",
		about:
			"The median time that a workflow was red on the default branch: from the first failure after a success to the next success. What is cancelled changes nothing; what is still red is not among them.",
		better: "lower",
	},
	{
		name: "closed_by_same_commit",
		label: "Times red that the same commit ended",
		unit: "count",
		value: (m) => m.closedBySameCommit,
		about: "Times red that ended with a success of the commit that had failed last: flaky rather than repaired.",
		better: "lower",
		beside: ["median_seconds", "{value} ended by the same commit"],
	},
];
