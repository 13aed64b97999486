import type { Ingestion } from "@tidemark/db";
import { type Column, type Line, type Part, toCells } from "./document.ts";
import { upperFirst } from "./scope.ts";

const maxShown = 10;

/** The last ingestions, and what went wrong with those that did not end well. */
export function ingestionsPart(ingestions: readonly Ingestion[]): Part {
	const complaints = ingestions.slice(0, maxShown).flatMap(({ source, target, outcome, message }): Line[] => {
		return outcome === "done" || !message ? [] : [{ lead: `${source} ${target} ${outcome}`, facts: [message] }];
	});
	return {
		isEmpty: ingestions.length === 0,
		blocks: [
			{
				kind: "table",
				name: "ingestions",
				title: "Last ingestions",
				columns,
				rows: ingestions.map((ingestion) => toCells(columns.map(({ field }) => ingestion[field]))),
				shows: maxShown,
			},
			{ kind: "remarks", tone: "warning", lines: complaints },
		],
	};
}

type IngestionColumn = Column & { readonly field: keyof Ingestion };

const counted = (name: keyof Ingestion, importance: number, more?: Partial<Column>): IngestionColumn => {
	return { name, field: name, title: upperFirst(name), unit: "count", importance, ...more };
};

const columns: readonly IngestionColumn[] = [
	{ name: "source", field: "source", title: "Source", unit: "text", importance: 100, cutTo: 12 },
	{ name: "target", field: "target", title: "Target", unit: "text", importance: 70, cutTo: 14, keepsEnd: true },
	{ name: "started_at", field: "startedAt", title: "Started", unit: "instant", importance: 90 },
	{ name: "finished_at", field: "finishedAt", unit: "instant" },
	{ name: "outcome", field: "outcome", title: "Outcome", unit: "outcome", importance: 95 },
	{ name: "message", field: "message", unit: "text" },
	{ name: "read", field: "read", unit: "count" },
	counted("inserted", 80),
	counted("updated", 60),
	counted("unchanged", 50),
	counted("expired", 40, { hidesZeros: true }),
	counted("skipped", 40, { hidesZeros: true }),
	counted("rejected", 85),
];
