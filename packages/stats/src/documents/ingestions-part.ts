import type { Ingestion } from "@tidemark/db";
import type { Column, Line, Part } from "./document.ts";

const maxShown = 10;

/** The last ingestions, and what went wrong with those that did not end well. */
export function ingestionsPart(ingestions: readonly Ingestion[]): Part {
	const complaints = ingestions.slice(0, maxShown).flatMap(({ source, target, outcome, message }): Line[] => {
		return outcome === "done" || !message ? [] : [{ lead: `${source} ${target} ${outcome}`, facts: [message] }];
	});
	return {
		...{ name: null, title: null, scope: [], isEmpty: ingestions.length === 0, data: {} },
		blocks: [
			{
				kind: "table",
				name: "ingestions",
				title: "Last ingestions",
				columns,
				rows: ingestions.map((ingestion) =>
					[
						...[ingestion.source, ingestion.target, ingestion.startedAt, ingestion.finishedAt, ingestion.outcome],
						...[ingestion.message, ingestion.read, ingestion.inserted, ingestion.updated, ingestion.unchanged],
						...[ingestion.expired, ingestion.skipped, ingestion.rejected],
					].map((value) => ({ value })),
				),
				shows: maxShown,
				elsewhere: "",
			},
			{ kind: "remarks", tone: "warning", lines: complaints },
		],
	};
}

const counted = (name: string, title: string, importance: number, hidesZeros = false): Column => ({
	...{ name, title, unit: "count", importance, hidesZeros },
});

const columns: readonly Column[] = [
	{ name: "source", title: "Source", unit: "text", importance: 100, cutTo: 12 },
	{ name: "target", title: "Target", unit: "text", importance: 70, cutTo: 14, keepsEnd: true },
	{ name: "started_at", title: "Started", unit: "instant", importance: 90 },
	{ name: "finished_at", title: "", unit: "instant", importance: 0 },
	{ name: "outcome", title: "Outcome", unit: "outcome", importance: 95 },
	{ name: "message", title: "", unit: "text", importance: 0 },
	counted("read", "", 0),
	counted("inserted", "Inserted", 80),
	counted("updated", "Updated", 60),
	counted("unchanged", "Unchanged", 50),
	counted("expired", "Expired", 40, true),
	counted("skipped", "Skipped", 40, true),
	counted("rejected", "Rejected", 85),
];
