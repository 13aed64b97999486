import type { TargetResult } from "@tidemark/core";
import type { Overview } from "@tidemark/stats";
import { formatLabel, listTargets, type Report } from "../report/report.ts";
import { blocks, escaped, plainText } from "./markdown.ts";
import { moment, plural } from "./numbers.ts";

const mostPauses = 3;
/** What cannot be understood rarely comes alone, and a list of hundreds is not read. */
const mostListed = 50;

/** What is missing, and why. */
export function missing(report: Report): string {
	const { failures, unfinished, results, attemptsLeft, weeks } = report;
	const lines = [
		...failures.map(({ label, words }) => {
			const [first = "", ...rest] = words.map((line) => escaped(line.replace(/\s+/g, " ")));
			return [`${label === undefined ? "" : `**${plainText(label)}**: `}${first}`, ...rest].join("<br>");
		}),
		...unfinished.map(({ label, reason }) => `**${plainText(label)}**: ${escaped(reason)}`),
		...(attemptsLeft > 0
			? [
					`The jobs of ${plural(attemptsLeft, "attempt")} are still to be asked for: durations, minutes and costs lack them.`,
				]
			: []),
		...results.flatMap(listTargets).flatMap(leftOut),
		...(weeks ? gaps(weeks.now) : []),
	];
	const left = lines.length - mostListed;
	return blocks(
		[...lines.slice(0, mostListed).map((line) => `- ${line}`), ...(left > 0 ? [`- and ${left} more`] : [])].join("\n"),
		unfinished.length > 0 ? "What is stored stays. The next run goes on from there." : "",
	);
}

/** What was read and not stored. */
function leftOut({ counts: { expired, skipped }, ...target }: TargetResult): string[] {
	const reasons = [
		...(expired > 0 ? [`${plural(expired, "row")} older than the retention`] : []),
		...(skipped > 0 ? [`${plural(skipped, "row")} older than since`] : []),
	];
	return reasons.length === 0 ? [] : [`**${plainText(formatLabel(target))}**: not stored: ${reasons.join(", ")}.`];
}

/** What the figures do not know. */
function gaps({ ci, deadLetters }: Overview): string[] {
	const { deletedRuns, pauses } = ci.completeness;
	return [
		...(deletedRuns > 0
			? [`GitHub has deleted ${plural(deletedRuns, "run")}; they count as they were last seen.`]
			: []),
		...pauses.slice(0, mostPauses).map(({ target, from, to }) => {
			return `Nobody collected ${plainText(target)} from ${moment(from)} to ${moment(to)}; what GitHub deleted meanwhile is unknown.`;
		}),
		...deadLetters.map(({ source, count }) => {
			return `${plural(count, "entry", "entries")} of ${source} that cannot be understood: \`pnpm telemetry dead-letters list\` shows why.`;
		}),
	];
}
