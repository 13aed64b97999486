import { listTargets, type TargetResult } from "@tidemark/core";
import type { Line, Part } from "@tidemark/stats";
import { pluralize } from "@tidemark/text";
import { formatLabel, type Report } from "../report/report.ts";

/** Failures rarely come alone, and nobody reads a list of hundreds. */
const maxLines = 50;

/** What is missing, and why. */
export function missingPart(report: Report): Part {
	const { failures, unfinished, results, attemptsLeft, week } = report;
	const jobs = `The jobs of ${pluralize(attemptsLeft, "attempt")} are not fetched yet: durations, minutes and costs lack them.`;
	const lines: Line[] = [
		...failures.map(({ label, words }) => ({ ...(label !== undefined && { lead: label }), facts: [words.join(" ")] })),
		...unfinished.map(({ label, reason }) => ({ lead: label, facts: [reason] })),
		...(attemptsLeft > 0 ? [{ facts: [jobs] }] : []),
		...results.flatMap(listTargets).flatMap(describeLeftOut),
		...(week?.gaps ?? []),
	];
	const left = lines.length - maxLines;
	const shown = [...lines.slice(0, maxLines), ...(left > 0 ? [{ facts: [`and ${left} more`] }] : [])];
	const stays = unfinished.length > 0 ? [{ facts: ["What is stored stays. The next run goes on from there."] }] : [];
	return {
		title: "Missing, and why",
		isEmpty: lines.length === 0,
		blocks: [
			{ kind: "remarks", tone: "warning", lines: shown },
			{ kind: "remarks", tone: "plain", lines: stays },
		],
	};
}

/** What was read and not stored. */
function describeLeftOut({ counts: { expired, skipped }, ...target }: TargetResult): Line[] {
	const reasons = [
		...(expired > 0 ? [`${pluralize(expired, "row")} older than the retention`] : []),
		...(skipped > 0 ? [`${pluralize(skipped, "row")} older than since`] : []),
	];
	return reasons.length === 0 ? [] : [{ lead: formatLabel(target), facts: [`not stored: ${reasons.join(", ")}.`] }];
}
