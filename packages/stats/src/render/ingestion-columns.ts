import type { Ingestion } from "@tidemark/db";
import { cleanText } from "./clean-text.ts";
import { moment } from "./moment.ts";
import { count } from "./numbers.ts";
import type { Style } from "./paint.ts";
import type { Column } from "./text-table.ts";

const styles: Readonly<Record<string, Style>> = {
	done: "green",
	partial: "yellow",
	cancelled: "yellow",
	failed: "red",
};

/** The columns of a table of ingestions; rarely needed counts only where there is one to tell. */
export function ingestionColumns(ingestions: readonly Ingestion[], zone: string): Column<Ingestion>[] {
	const counted = (title: string, weight: number, name: "inserted" | "updated" | "unchanged" | "rejected") =>
		({ title, weight, align: "right", text: (ingestion: Ingestion) => count(ingestion[name]) }) as const;
	const whereCounted = (title: string, name: "expired" | "skipped") =>
		ingestions.some((ingestion) => ingestion[name] > 0)
			? [{ title, weight: 40, align: "right", text: (ingestion: Ingestion) => count(ingestion[name]) } as const]
			: [];
	return [
		{ title: "Source", weight: 100, align: "left", text: ({ source }) => cleanText(source), cutTo: 12 },
		{ title: "Target", weight: 70, align: "left", text: ({ target }) => cleanText(target), cutTo: 14, keepsEnd: true },
		{ title: "Started", weight: 90, align: "left", text: ({ startedAt }) => moment(startedAt, zone) },
		{
			title: "Outcome",
			weight: 95,
			align: "left",
			text: outcomeOf,
			style: ({ outcome }) => styles[outcome ?? ""] ?? "yellow",
		},
		counted("Inserted", 80, "inserted"),
		counted("Updated", 60, "updated"),
		counted("Unchanged", 50, "unchanged"),
		...whereCounted("Expired", "expired"),
		...whereCounted("Skipped", "skipped"),
		counted("Rejected", 85, "rejected"),
	];
}

/** What went wrong with those that did not come to their end: `csv usage.csv failed: Permission denied`. */
export function complaintsOf(ingestions: readonly Ingestion[]): string[] {
	return ingestions
		.filter(({ outcome, message }) => outcome !== "done" && message)
		.map((ingestion) => {
			const { source, target, message } = ingestion;
			return `${cleanText(source)} ${cleanText(target)} ${outcomeOf(ingestion)}: ${cleanText(message ?? "")}`;
		});
}

/** One without an outcome is still running, or was killed. */
function outcomeOf({ outcome }: Ingestion): string {
	return outcome ?? "unfinished";
}
