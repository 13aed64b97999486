import { sumCounts } from "@tidemark/core";
import { type Part, renderMarkdownPart } from "@tidemark/stats";
import { cleanText, escapeMarkdown, formatCount, pluralize } from "@tidemark/text";
import type { Report } from "../report/report.ts";
import { cameInPart } from "./came-in.ts";
import { missingPart } from "./missing.ts";

/** Everything in the summary is in days of UTC. */
const zone = "UTC";

/** The job summary in pieces, the most important first; each may be left out if it does not fit. */
export function summaryParts(report: Report): string[] {
	const { withheld, week } = report;
	if (withheld !== undefined) return [`## Tidemark\n\n${escapeMarkdown(cleanText(withheld))}`];
	const parts: Part[] = [
		missingPart(report),
		...(week?.parts ?? []),
		cameInPart(report),
		...(week ? [fold("All figures of these seven days", week.overview.parts)] : []),
	];
	return [`## Tidemark\n\n${headline(report)}`, ...parts.map((part) => renderMarkdownPart(part, zone))].filter(Boolean);
}

function headline({ results, failures, unfinished, isCancelled, week }: Report): string {
	const { inserted, updated } = sumCounts(results);
	const state = [
		...(failures.length > 0 ? [`**${pluralize(failures.length, "thing")} went wrong.**`] : []),
		...(isCancelled ? ["**Cancelled.**"] : []),
		...(unfinished.length > 0 && !isCancelled ? ["**Not finished.**"] : []),
		`**${pluralize(inserted, "new row")}**${updated > 0 ? `, ${formatCount(updated)} updated` : ""}.`,
	].join(" ");
	return week ? `${state}\n\n${week.scope.join(", ")}.` : state;
}

function fold(title: string, parts: readonly Part[]): Part {
	return { blocks: [{ kind: "details", title, parts }] };
}
