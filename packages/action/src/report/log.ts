import { debug, error as errorAnnotation, info, notice, warning } from "@actions/core";
import { listTargets, type Reporter, type TargetResult } from "@tidemark/core";
import { cleanText, disarmWorkflowCommands, formatCount, formatElapsed, pluralize } from "@tidemark/text";
import type { Say } from "./read-results.ts";
import { countPruned, formatLabel, listSkipped, type Report } from "./report.ts";

/** A log is read afterwards: often enough to see that something moves, seldom enough to read. */
const progressEveryMs = 10_000;

const title = "Tidemark";

/** Reports in the log how an ingestion goes, and shows warnings beside the workflow's run. */
export function createLogReporter(say: Say): Reporter {
	let shownAt = performance.now();
	return {
		info: (text) => info(logLine(say(text))),
		warn: (text) => warning(logLine(say(text)), { title }),
		progress({ source, target, read, elapsedMs }) {
			const now = performance.now();
			if (now - shownAt < progressEveryMs) return;
			shownAt = now;
			info(logLine(`${source} ${target}: ${formatCount(read)} entries after ${formatElapsed(elapsedMs)}`));
		},
	};
}

/** Shows beside the workflow's run what went wrong and what is left. */
export function annotate({ failures, unfinished, isCancelled, withheld }: Report): void {
	if (withheld !== undefined) notice(withheld, { title });
	for (const { label, words, stack } of failures) {
		errorAnnotation(words.map(logLine).join("\n"), {
			title: label === undefined ? title : `${title}: ${logLine(label)}`,
		});
		if (stack !== undefined) debug(stack);
	}
	if (unfinished.length === 0) return;
	const lines = unfinished.map(({ label, reason }) => logLine(`${label}: ${reason}`));
	warning([...lines, "What is stored stays; the next run goes on from there."].join("\n"), {
		title: isCancelled ? `${title} was cancelled` : `${title} has not finished`,
	});
}

/** Ends the log: a line for each target, and for each source that was left out. */
export function logReport(report: Report): void {
	const pruned = countPruned(report);
	const lines = [
		...report.results.flatMap(listTargets).map(formatTarget),
		...listSkipped(report.results),
		...(pruned > 0 ? [`pruned: ${pluralize(pruned, "row")} older than the retention`] : []),
	];
	for (const line of lines) info(logLine(line));
}

function formatTarget(target: TargetResult): string {
	const { outcome, message, counts, elapsedMs } = target;
	const { read, inserted, updated, unchanged, expired, skipped, rejected } = counts;
	const figures = { read, new: inserted, updated, unchanged, expired, "older than since": skipped, bad: rejected };
	const shown = Object.entries(figures).flatMap(([name, count]) =>
		count > 0 ? [`${formatCount(count)} ${name}`] : [],
	);
	const state = [outcome, ...(message ? [message] : [])].join(", ");
	return `${formatLabel(target)}: ${state}; ${shown.join(", ") || "nothing new"} (${formatElapsed(elapsedMs)})`;
}

/** One line in which the runner finds no command. */
function logLine(text: string): string {
	return disarmWorkflowCommands(cleanText(text));
}
