import { type Given, generalSettings, openDatabase, readSettings, runIngestion } from "@tidemark/core";
import { type Pruned, prune } from "@tidemark/db";
import { countAttemptsLeft } from "./attempts-left.ts";
import { readSources, requireDatabase } from "./inputs/read-inputs.ts";
import { logReporter } from "./report/annotations.ts";
import { emptyReport, type Report } from "./report/report.ts";
import { failuresOf, unfinishedOf } from "./report/verdict.ts";
import { rowsByTable } from "./rows-by-table.ts";
import { readWeeks } from "./summary/weeks.ts";

/**
 * Brings the tables up to date, ingests, prunes, and looks at the figures.
 * @throws TelemetryError where nothing could be begun
 */
export async function ingest(given: Given, cancel: AbortSignal): Promise<Report> {
	requireDatabase(given);
	const chosen = readSources();
	const { retention } = readSettings(generalSettings, given);
	await using db = await openDatabase(given);
	const began = new Date();
	const { results, pruned, isUnfinished } = await runIngestion({
		db,
		...chosen,
		given,
		cancel,
		report: logReporter(),
	});
	const report: Report = {
		...emptyReport,
		results,
		pruned: deletedRows(pruned),
		failures: failuresOf(results),
		unfinished: unfinishedOf(results, chosen),
		isCancelled: cancel.aborted,
	};
	try {
		const counted = { ...report, tables: await rowsByTable(db, began), attemptsLeft: await countAttemptsLeft(db) };
		// Whoever cancels does not wait for figures; the runner ends the process soon.
		if (cancel.aborted) return counted;
		// Sources that were named are no reason to keep what is too old.
		const isLeft = pruned === undefined && !isUnfinished;
		const deleted = isLeft ? deletedRows(await prune(db, { retention, signal: cancel })) : report.pruned;
		return { ...counted, pruned: deleted, weeks: await readWeeks(db) };
	} catch (error) {
		// What was ingested is told all the same.
		return { ...report, failures: [...report.failures, { label: undefined, error }] };
	}
}

function deletedRows(pruned: Pruned | undefined): Report["pruned"] {
	return Object.fromEntries(Object.entries(pruned?.deleted ?? {}).filter(([, count]) => count > 0));
}
