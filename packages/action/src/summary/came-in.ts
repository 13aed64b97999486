import { listTargets, type TargetResult } from "@tidemark/core";
import type { Column, Line, Part, Table } from "@tidemark/stats";
import { formatCount, pluralize } from "@tidemark/text";
import { countPruned, listSkipped, type Report } from "../report/report.ts";

const columns: readonly Column[] = [
	{ name: "source", title: "Source", unit: "text", importance: 100 },
	{ name: "target", title: "Target", unit: "text", importance: 100 },
	{ name: "outcome", unit: "outcome", importance: 100 },
	{ name: "inserted", title: "New rows", unit: "count", importance: 100 },
	{ name: "updated", title: "Updated", unit: "count", importance: 100 },
	{ name: "unchanged", title: "Unchanged", unit: "count", importance: 100 },
	{ name: "elapsed_ms", title: "Took", unit: "ms", importance: 100 },
];

const outcomes: Readonly<Record<TargetResult["outcome"], string>> = {
	done: "done",
	partial: "not finished",
	cancelled: "cancelled",
	failed: "failed",
	locked: "running elsewhere",
};

/** What came in, by source and by table. */
export function cameInPart(report: Report): Part {
	const skipped = listSkipped(report.results).map((fact) => ({ facts: [fact] }));
	const table = targetTable(report);
	const lines = describeTables(report);
	return {
		title: "What came in",
		isEmpty: table.rows?.length === 0 && lines.length === 0 && skipped.length === 0,
		blocks: [
			table,
			{ kind: "remarks", tone: "plain", lines },
			{
				kind: "details",
				title: "Sources that are not configured",
				parts: [{ isEmpty: skipped.length === 0, blocks: [{ kind: "remarks", tone: "dim", lines: skipped }] }],
			},
		],
	};
}

function targetTable({ results }: Report): Table {
	const rows = results.flatMap(listTargets).map(({ source, target, outcome, counts, elapsedMs }) => {
		const values = [source, target, outcomes[outcome], counts.inserted, counts.updated, counts.unchanged, elapsedMs];
		return values.map((value) => ({ value }));
	});
	return { kind: "table", columns, rows, shows: "all" };
}

function describeTables(report: Report): Line[] {
	const tables = Object.entries(report.tables).map(([name, { inserted, updated }]) => {
		const changes = [
			...(inserted > 0 ? [`${formatCount(inserted)} new`] : []),
			...(updated > 0 ? [`${formatCount(updated)} changed`] : []),
		];
		return `${changes.join(" and ")} in ${name}`;
	});
	const pruned = countPruned(report);
	const deleted = `${pluralize(pruned, "row")} older than the retention ${pruned === 1 ? "was" : "were"} deleted.`;
	return [
		...(tables.length > 0 ? [{ facts: [`By table: ${tables.join(", ")}.`] }] : []),
		...(pruned > 0 ? [{ facts: [deleted] }] : []),
	];
}
