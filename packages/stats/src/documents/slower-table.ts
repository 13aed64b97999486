import { median } from "../figures/figure.ts";
import { countValues } from "../math/histogram.ts";
import { mergeCi } from "../measures/ci.ts";
import type { CiFacts } from "../measures/read.ts";
import { workflowKey } from "../measures/workflows.ts";
import { repositoryColumn, workflowColumn } from "./ci-tables.ts";
import { growth } from "./comparison.ts";
import type { Table } from "./document.ts";
import { groupBy } from "./trends.ts";

/** With fewer runs nothing can be said about a workflow's speed. */
const minRuns = 5;
const slowerBy = 1.2;
const slowerBySeconds = 30;

/** Workflows that became clearly slower than the week before, the largest growth first. */
export function slowerTable(now: CiFacts, before: CiFacts, shows: number): Table {
	const earlier = medians(before);
	const slower = [...medians(now)]
		.flatMap(([key, { seconds: is, runs, ...names }]) => {
			const { seconds: was, runs: runsBefore } = earlier.get(key) ?? { seconds: null, runs: 0 };
			if (is === null || was === null || Math.min(runs, runsBefore) < minRuns) return [];
			return is > was * slowerBy && is - was > slowerBySeconds ? [{ ...names, is, was }] : [];
		})
		.sort((one, other) => other.is - other.was - (one.is - one.was));
	return {
		kind: "table",
		name: null,
		title: "Slower than the week before",
		columns: [
			repositoryColumn(now),
			workflowColumn(100),
			{ name: "median", title: "Median", unit: "seconds", importance: 95 },
			{ name: "before", title: "Before", unit: "seconds", importance: 90 },
			{ name: "change", title: "Change", unit: "change", importance: 85 },
		],
		rows: slower.map(({ repository, workflow, is, was }) =>
			[repository, workflow, is, was, growth(is, was)].map((value) => ({ value })),
		),
		shows,
		elsewhere: "",
	};
}

function medians({ runs, workflows }: CiFacts) {
	return new Map(
		[...groupBy(runs, workflowKey)].map(([key, cells]) => {
			const { durations } = mergeCi(cells, []);
			const [{ repositoryId, workflowId } = { repositoryId: 0, workflowId: null }] = cells;
			const names = workflows.name({ repositoryId, workflowId });
			return [key, { ...names, seconds: median(durations), runs: countValues(durations) }] as const;
		}),
	);
}
