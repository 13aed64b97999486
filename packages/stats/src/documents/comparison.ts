import { formatCount } from "@tidemark/text";
import { median } from "../figures/figure.ts";
import { countValues } from "../math/histogram.ts";
import type { CiFacts } from "../measures/read.ts";
import { mergeRuns } from "../measures/runs.ts";
import { workflowKey } from "../measures/workflows.ts";
import { repositoryColumn, workflowColumn } from "./ci-tables.ts";
import type { Cell, Table } from "./document.ts";
import { type BoundFigure, isLine } from "./figure-blocks.ts";
import { groupBy } from "./trends.ts";

/** The figures of a week beside those of the week before; a figure about which neither has anything is left out. */
export function comparisonTable(now: readonly BoundFigure[], before: readonly BoundFigure[]): Table {
	const pairs = now
		.map((figure, index) => ({ figure, was: before[index]?.cell ?? { value: null } }))
		.filter(({ figure }) => (isLine(figure) || figure.isWeekly) && figure.unit !== "outcomes")
		.filter(({ figure, was }) => isWorthARow(figure, figure.cell) || isWorthARow(figure, was));
	return {
		kind: "table",
		name: null,
		title: null,
		columns: [
			{ name: "figure", title: "", unit: "text", importance: 100 },
			{ name: "now", title: "7 days", unit: "count", importance: 99, tone: "strong" },
			{ name: "before", title: "7 days before", unit: "count", importance: 98 },
			{ name: "change", title: "Change", unit: "change", importance: 97 },
			{ name: "notes", title: "", unit: "text", importance: 50 },
		],
		rows: pairs.map(({ figure, was }): Cell[] => [
			{ value: figure.label },
			{ ...figure.cell, unit: figure.unit },
			{ ...was, unit: figure.unit },
			changeCell(figure, was),
			{ value: describeN(figure) },
		]),
		shows: "all",
		elsewhere: "",
	};
}

/** A rate of nothing may be all there is to say; an amount of nothing is not worth a line. */
function isWorthARow({ unit }: BoundFigure, { value }: Cell): boolean {
	return value !== null && (unit === "rate" || value !== 0);
}

function describeN({ n, cell, remarks }: BoundFigure): string {
	if (cell.value === null) return "";
	return [...(n === null ? [] : [`n = ${formatCount(n)}`]), ...remarks].join(" · ");
}

/** Nothing can be said if either is not known, or if there was nothing before. */
function changeCell({ cell, unit }: BoundFigure, was: Cell): Cell {
	const kind = unit === "rate" ? "points" : "change";
	if (typeof cell.value !== "number" || typeof was.value !== "number") return { value: null, unit: kind };
	if (kind === "points") return { value: cell.value - was.value, unit: kind };
	return { value: growth(cell.value, was.value), unit: kind };
}

/** By how much an amount grew, as a share of what it was; infinite if it was 0. */
export function growth(is: number, was: number): number {
	if (was === 0) return is === 0 ? 0 : Number.POSITIVE_INFINITY;
	return (is - was) / was;
}

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
			const { durations } = mergeRuns(cells);
			const [{ repositoryId, workflowId } = { repositoryId: 0, workflowId: null }] = cells;
			const names = workflows.name({ repositoryId, workflowId });
			return [key, { ...names, seconds: median(durations), runs: countValues(durations) }] as const;
		}),
	);
}
