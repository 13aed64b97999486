import { buildHistogram, countValues } from "../math/histogram.ts";
import type { Incident } from "../measures/incidents.ts";
import { defineFigure, type Figure, median } from "./figure.ts";

/** The default branches of a period. */
export interface BranchMeasures {
	/** Whether a run of one succeeded or failed. */
	readonly hasResult: boolean;
	readonly incidents: readonly Incident[];
	readonly flakyMinutes: number;
}

const countRed = ({ incidents }: BranchMeasures) => incidents.filter(({ closedAt }) => closedAt === null).length;

/** Seconds that each closed incident took. */
const readTimesRed = ({ incidents }: BranchMeasures) =>
	buildHistogram(
		incidents.flatMap(({ openedAt, closedAt }) => {
			return closedAt === null ? [] : [(Date.parse(closedAt) - Date.parse(openedAt)) / 1000];
		}),
	);

const countSameCommit = ({ incidents }: BranchMeasures) =>
	incidents.filter(({ isClosedBySameCommit }) => isClosedBySameCommit).length;

export const redFigures: readonly Figure<BranchMeasures>[] = [
	defineFigure("red_now", "Red now", "count", (m) => (m.hasResult ? countRed(m) : null), {
		about: "Workflows whose last result on the default branch is a failure. Not known without any result there.",
		better: "lower",
		remarks: (m) => {
			if (!m.hasResult) return ["no result on a default branch"];
			const what = ["all workflows are green", "workflow"][countRed(m)] ?? "workflows";
			return [`${what} on the default branch`];
		},
	}),
	defineFigure("flaky_minutes", "Minutes lost to flaky runs", "minutes", (m) => m.flakyMinutes, {
		about: "The time that the failed jobs of flaky runs took.",
		better: "lower",
		beside: ["flaky_rate", "{value} lost"],
	}),
];

export const greenFigures: readonly Figure<BranchMeasures>[] = [
	defineFigure("median_seconds", "Time to green, median", "seconds", (m) => median(readTimesRed(m)), {
		n: { count: (m) => countValues(readTimesRed(m)), of: ["time red", "times red"], name: "closed" },
		short: "To green",
		says: "median of {n}",
		about:
			"The median time that a workflow was red on the default branch: from the first failure after a success to the next success. What is cancelled changes nothing; what is still red is not among them.",
		better: "lower",
	}),
	defineFigure("closed_by_same_commit", "Times red that the same commit ended", "count", countSameCommit, {
		about: "Times red that ended with a success of the commit that had failed last: flaky rather than repaired.",
		better: "lower",
		beside: ["median_seconds", "{value} ended by the same commit"],
	}),
];
