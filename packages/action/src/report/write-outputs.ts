import { setOutput } from "@actions/core";
import { describeOutcome, sumCounts } from "@tidemark/core";
import type { Say } from "./read-results.ts";
import { countPruned, type Report } from "./report.ts";

/** What later steps receive, by the names in action.yml. */
export const outputList = {
	json: "What came of it as JSON: counts for each source, target and table, errors, and what is left.",
	partial: "true where something is left for the next run.",
	"rows-inserted": "How many rows are new.",
	"rows-pruned": "How many rows were deleted because they are older than the retention.",
	"report-path": "The job summary as a Markdown file, uncut, for an artifact. Empty with summary: false.",
} as const;

export function writeOutputs(report: Report, { reportPath, say }: { reportPath: string; say: Say }): void {
	const { results, tables, pruned, failures, unfinished, attemptsLeft, isCancelled } = report;
	const values: Record<keyof typeof outputList, string | number | boolean> = {
		json: JSON.stringify({
			...describeOutcome({ results, pruned, isDryRun: false }, say),
			tables,
			partial: unfinished.length > 0,
			cancelled: isCancelled,
			left: unfinished,
			attempts_without_jobs: attemptsLeft,
			errors: failures.map(({ label, words }) => ({ label, words })),
		}),
		partial: unfinished.length > 0,
		"rows-inserted": sumCounts(results).inserted,
		"rows-pruned": countPruned(report),
		"report-path": reportPath,
	};
	for (const [name, value] of Object.entries(values)) setOutput(name, value);
}
