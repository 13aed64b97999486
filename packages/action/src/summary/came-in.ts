import type { TargetResult } from "@tidemark/core";
import { countPruned, listSkipped, listTargets, type Report } from "../report/report.ts";
import { blocks, type Column, escaped, folded, plainText, table } from "./markdown.ts";
import { count, plural, span } from "./numbers.ts";

const number = (title: string, value: (target: TargetResult) => number): Column<TargetResult> => ({
	title,
	align: "right",
	cell: (target) => count(value(target)),
});

const columns: readonly Column<TargetResult>[] = [
	{ title: "Source", align: "left", cell: ({ source }) => source },
	{ title: "Of", align: "left", cell: ({ target }) => plainText(target) },
	{ title: "", align: "left", cell: ({ outcome }) => words[outcome] },
	number("New rows", ({ counts }) => counts.inserted),
	number("Updated", ({ counts }) => counts.updated),
	number("Unchanged", ({ counts }) => counts.unchanged),
	{ title: "Took", align: "right", cell: ({ elapsedMs }) => span(elapsedMs / 1000) },
];

const words: Readonly<Record<TargetResult["outcome"], string>> = {
	done: "done",
	partial: "**not finished**",
	cancelled: "**cancelled**",
	failed: "**failed**",
	locked: "running elsewhere",
};

/** What came in, by source and by table. */
export function cameIn(report: Report): string {
	const tables = Object.entries(report.tables).map(([name, { inserted, updated }]) => {
		const changes = [
			...(inserted > 0 ? [`${count(inserted)} new`] : []),
			...(updated > 0 ? [`${count(updated)} changed`] : []),
		];
		return `${changes.join(" and ")} in \`${name}\``;
	});
	const pruned = countPruned(report);
	const skipped = listSkipped(report.results).map((line) => `- ${escaped(line)}`);
	return blocks(
		table(columns, report.results.flatMap(listTargets)),
		tables.length > 0 ? `By table: ${tables.join(", ")}.` : "",
		pruned > 0 ? `${plural(pruned, "row")} older than the retention ${pruned === 1 ? "was" : "were"} deleted.` : "",
		folded("Sources that are not configured", skipped.join("\n")),
	);
}
