import { formatCount } from "@tidemark/text";
import { median } from "../figures/figure.ts";
import { countValues } from "../math/histogram.ts";
import type { CiFacts } from "../measures/read.ts";
import { mergeRuns } from "../measures/runs.ts";
import { workflowKey } from "../measures/workflows.ts";
import { repositoryColumn, workflowColumn } from "./ci-tables.ts";
import { type Cell, type Table, toCells } from "./document.ts";
import { type BoundFigure, isLine } from "./figure-blocks.ts";
import { groupBy } from "./trends.ts";

/** The figures of a week beside those of the week before; a figure about which neither has anything is left out. */
export function comparisonTable(now: readonly BoundFigure[], before: readonly BoundFigure[]): Table {
	const pairs = now
		.map((figure, index) => ({ figure, was: before[index]?.cell ?? { value: null } }))
		.filter(({ figure }) => (isLine(figure) || figure.isWeekly) && figure.unit !== "outcomes")
		.filter(({ figure, was }) => isWorthARow(figure.cell) || isWorthARow(was));
	return {
		kind: "table",
		columns: [
			{ name: "figure", unit: "text", importance: 100 },
			{ name: "now", title: "7 days", unit: "count", importance: 99, tone: "strong" },
			{ name: "before", title: "7 days before", unit: "count", importance: 98 },
			{ name: "change", title: "Change", unit: "change", importance: 97 },
			{ name: "notes", unit: "text", importance: 50 },
		],
		rows: pairs.map(({ figure, was }) => [
			{ value: figure.label },
			figure.cell,
			was,
			changeCell(figure.cell, was),
			{ value: describeN(figure) },
		]),
		shows: "all",
	};
}

/** A rate of nothing may be all there is to say; an amount of nothing is not worth a line. */
function isWorthARow({ value, unit }: Cell): boolean {
	return value !== null && (unit === "rate" || value !== 0);
}

function describeN({ n, value, remarks }: BoundFigure): string {
	return value === null ? "" : [...(n ? [`n = ${formatCount(n.count)}`] : []), ...remarks].join(" · ");
}

/** Nothing can be said if either is not known. */
function changeCell(is: Cell, was: Cell): Cell {
	const unit = is.unit === "rate" ? "points" : "change";
	if (typeof is.value !== "number" || typeof was.value !== "number") return { value: null, unit };
	return { value: unit === "points" ? is.value - was.value : growth(is.value, was.value), unit };
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
	const earlier = groupBy(before.runs, workflowKey);
	const slower = [...groupBy(now.runs, workflowKey)].flatMap(([key, cells]) => {
		const [is, was] = [measureSpeed(cells), measureSpeed(earlier.get(key) ?? [])];
		const isClear = is.median > was.median * slowerBy && is.median - was.median > slowerBySeconds;
		if (!isClear || !cells[0] || Math.min(is.runs, was.runs) < minRuns) return [];
		return [{ ...now.workflows.name(cells[0]), is: is.median, was: was.median }];
	});
	return {
		kind: "table",
		title: "Slower than the week before",
		columns: [
			repositoryColumn(now),
			workflowColumn(100),
			{ name: "median", title: "Median", unit: "seconds", importance: 95 },
			{ name: "before", title: "Before", unit: "seconds", importance: 90 },
			{ name: "change", title: "Change", unit: "change", importance: 85 },
		],
		rows: slower
			.sort((one, other) => other.is - other.was - (one.is - one.was))
			.map(({ repository, workflow, is, was }) => toCells([repository, workflow, is, was, growth(is, was)])),
		shows,
	};
}

function measureSpeed(cells: CiFacts["runs"]): { readonly median: number; readonly runs: number } {
	const { durations } = mergeRuns(cells);
	return { median: median(durations) ?? 0, runs: countValues(durations) };
}
