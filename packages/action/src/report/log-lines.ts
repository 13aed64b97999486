import type { TargetResult } from "@tidemark/core";
import { notConfigured } from "../summary/came-in.ts";
import { harmless } from "./harmless.ts";
import { rowsPruned } from "./outputs.ts";
import type { Report } from "./report.ts";
import { labelOf, targetsOf } from "./verdict.ts";

/** What a person reads in the log at its end: a line for each target, and for each source that was left out. */
export function logLines(report: Report): string[] {
	const pruned = rowsPruned(report);
	return [
		...report.results.flatMap(targetsOf).map(targetLine),
		...notConfigured(report.results),
		...(pruned > 0 ? [`pruned: ${pruned} rows older than the retention`] : []),
	].map(harmless);
}

function targetLine(target: TargetResult): string {
	const { outcome, message, counts, elapsedMs } = target;
	const { read, inserted, updated, unchanged, expired, skipped, rejected } = counts;
	const figures = { read, new: inserted, updated, unchanged, expired, "older than since": skipped, bad: rejected };
	const shown = Object.entries(figures).flatMap(([name, count]) => (count > 0 ? [`${count} ${name}`] : []));
	const state = [outcome, ...(message ? [message] : [])].join(", ");
	return `${labelOf(target)}: ${state}; ${shown.join(", ") || "nothing new"} (${(elapsedMs / 1000).toFixed(1)} s)`;
}
