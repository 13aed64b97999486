import { setOutput } from "@actions/core";
import { type SourceResult, totalCounts } from "@tidemark/core";
import { countPruned, listTargets, type Report } from "./report.ts";

/** What later steps receive, by the names in action.yml. */
export const outputList = {
	json: "What came of it as JSON: counts for each source, target and table, errors, and what is left.",
	partial: "true where something is left for the next run.",
	"rows-inserted": "How many rows are new.",
	"rows-pruned": "How many rows were deleted because they are older than the retention.",
	"report-path": "The job summary as a Markdown file, uncut, for an artifact. Empty with summary: false.",
} as const;

export function writeOutputs(report: Report, reportPath: string): void {
	const { results, tables, pruned, failures, unfinished, attemptsLeft, isCancelled } = report;
	const values: Record<keyof typeof outputList, string | number | boolean> = {
		json: JSON.stringify({
			total: totalCounts(results),
			sources: Object.fromEntries(results.map((result) => [result.source, sourceJson(result)])),
			tables,
			pruned,
			partial: unfinished.length > 0,
			cancelled: isCancelled,
			left: unfinished,
			attemptsWithoutJobs: attemptsLeft,
			errors: failures.map(({ label, words }) => ({ label, words })),
		}),
		partial: unfinished.length > 0,
		"rows-inserted": totalCounts(results).inserted,
		"rows-pruned": countPruned(report),
		"report-path": reportPath,
	};
	for (const [name, value] of Object.entries(values)) setOutput(name, value);
}

function sourceJson(result: SourceResult) {
	return {
		outcome: result.outcome,
		...(result.outcome === "skipped" && { reason: result.reason }),
		...totalCounts([result]),
		targets: listTargets(result).map(({ target, outcome, message, counts }) => ({
			target,
			outcome,
			message,
			...counts,
		})),
	};
}
