import type { ChangeMeasures } from "../measures/changes.ts";
import { defineFigure, defineRate, type Figure, median } from "./figure.ts";

export const pullRequestFigures: readonly Figure<ChangeMeasures>[] = [
	defineFigure("opened", "Pull requests opened", "count", (m) => m.opened, {
		about: "Pull requests created in the period.",
		beside: ["merged", "{value} opened"],
	}),
	defineFigure("merged", "Pull requests merged", "count", (m) => m.merged, {
		short: "Merged",
		about: "Pull requests merged in the period, whenever they were created.",
		better: "higher",
	}),
	defineFigure("closed", "Pull requests closed", "count", (m) => m.closed, {
		about: "Pull requests closed in the period, merged or not.",
		isDataOnly: true,
	}),
	defineFigure("closed_unmerged", "Pull requests closed unmerged", "count", (m) => m.closed - m.merged, {
		about: "Pull requests closed in the period and not merged.",
		beside: ["merged", "{value} closed unmerged"],
	}),
	defineFigure("median_hours_to_merge", "Time to merge, median", "hours", medianHours, {
		n: { count: (m) => m.merged, of: "pull request" },
		about: "The median time from the creation to the merge, of the pull requests merged in the period.",
		better: "lower",
		beside: ["merged", "median {value} to the merge"],
		isWeekly: true,
	}),
	defineRate("reopened_rate", "Pull requests reopened", (m) => m.reopened, {
		n: { count: (m) => m.historyKnown, of: "pull request", name: "reopened_known" },
		about:
			"The share of the pull requests closed in the period, merged or not, with a known history that were ever reopened.",
		better: "lower",
		beside: ["merged", "{value} of {count} reopened"],
	}),
];

export const commitFigures: readonly Figure<ChangeMeasures>[] = [
	defineFigure("commits", "Commits", "count", (m) => m.commits, {
		about: "Commits that reached the default branch.",
		remarks: () => ["on the default branch"],
	}),
];

function medianHours({ mergeTimes }: ChangeMeasures): number | null {
	const seconds = median(mergeTimes);
	return seconds === null ? null : seconds / 3600;
}
