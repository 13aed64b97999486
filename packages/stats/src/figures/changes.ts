import type { ChangeMeasures } from "../measures/changes.ts";
import { type Figure, median, ratio } from "./figure.ts";

export const pullRequestFigures: readonly Figure<ChangeMeasures>[] = [
	{
		name: "opened",
		label: "Pull requests opened",
		unit: "count",
		value: (m) => m.opened,
		about: "Pull requests created in the period.",
		beside: ["merged", "{value} opened"],
	},
	{
		name: "merged",
		label: "Pull requests merged",
		short: "Merged",
		unit: "count",
		value: (m) => m.merged,
		about: "Pull requests merged in the period, whenever they were created.",
		better: "higher",
	},
	{
		name: "closed",
		label: "Pull requests closed",
		unit: "count",
		value: (m) => m.closed,
		about: "Pull requests closed in the period, merged or not.",
		isDataOnly: true,
	},
	{
		name: "closed_unmerged",
		label: "Pull requests closed unmerged",
		unit: "count",
		value: (m) => m.closed - m.merged,
		about: "Pull requests closed in the period and not merged.",
		beside: ["merged", "{value} closed unmerged"],
	},
	{
		name: "median_hours_to_merge",
		label: "Time to merge, median",
		unit: "hours",
		value: (m) => {
			const seconds = median(m.mergeTimes);
			return seconds === null ? null : seconds / 3600;
		},
		n: (m) => m.merged,
		of: "pull request",
		about: "The median time from the creation to the merge, of the pull requests merged in the period.",
		better: "lower",
		beside: ["merged", "median {value} to the merge"],
		isWeekly: true,
	},
	{
		name: "reopened_rate",
		label: "Pull requests reopened",
		unit: "rate",
		value: (m) => ratio(m.reopened, m.historyKnown),
		n: (m) => m.historyKnown,
		nName: "reopened_known",
		of: "pull request",
		about:
			"The share of the pull requests closed in the period, merged or not, with a known history that were ever reopened.",
		better: "lower",
		beside: ["merged", "{value} of {count} reopened"],
	},
];

export const commitFigures: readonly Figure<ChangeMeasures>[] = [
	{
		name: "commits",
		label: "Commits",
		unit: "count",
		value: (m) => m.commits,
		about: "Commits that reached the default branch.",
		remarks: () => ["on the default branch"],
	},
];
