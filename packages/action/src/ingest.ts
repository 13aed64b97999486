import { chooseSources, type Given, openDatabase, readSettings, runIngestion } from "@tidemark/core";
import { type Queryable, readWorkList, tables } from "@tidemark/db";
import { sources } from "@tidemark/sources";
import { readWeek } from "@tidemark/stats";
import { requireDatabase } from "./inputs/read-inputs.ts";
import { stepSettings } from "./inputs/step-settings.ts";
import { createLogReporter } from "./report/log.ts";
import { describeFailure, listFailures, listUnfinished, type Say, sayResults } from "./report/read-results.ts";
import { emptyReport, type Report, type TableCounts } from "./report/report.ts";

/**
 * Brings the tables up to date, ingests, prunes, and reads the figures.
 * @throws TelemetryError if nothing could be begun
 */
export async function ingest(given: Given, cancel: AbortSignal, say: Say): Promise<Report> {
	requireDatabase(given);
	const names = readSettings(stepSettings, given).sources;
	const isNamed = names.length > 0;
	const chosen = isNamed ? chooseSources(sources, names) : sources;
	await using db = await openDatabase(given);
	const began = new Date();
	const reporter = createLogReporter(say);
	const task = { db, sources: chosen, isNamed, given, isPruned: true, cancel, report: reporter };
	const outcome = await runIngestion(task);
	const report: Report = {
		...emptyReport,
		results: sayResults(outcome.results, say),
		pruned: outcome.pruned,
		failures: listFailures(outcome, say),
		unfinished: listUnfinished(outcome, chosen, say),
		isCancelled: cancel.aborted,
	};
	try {
		const counted = { ...report, tables: await countRows(db, began), attemptsLeft: await countAttemptsLeft(db) };
		// A cancelled run does not wait for figures; the runner ends the process soon.
		return cancel.aborted ? counted : { ...counted, week: await readWeek(db) };
	} catch (error) {
		// What was ingested is reported all the same.
		return { ...report, failures: [...report.failures, describeFailure(error, say)] };
	}
}

/**
 * Rows that came or changed since a moment, by table; those of other processes at the same time are among them.
 * @param since by this machine's clock, which stamps the rows
 */
async function countRows(db: Queryable, since: Date): Promise<Readonly<Record<string, TableCounts>>> {
	const counts: Record<string, TableCounts> = {};
	for (const { name } of Object.values(tables)) {
		const [found] = await db.query<TableCounts>(
			`SELECT count(*) FILTER (WHERE ingested_at >= $1::timestamptz)::int AS inserted,
count(*) FILTER (WHERE ingested_at < $1::timestamptz)::int AS updated
FROM ${name} WHERE changed_at >= $1::timestamptz`,
			[since.toISOString()],
		);
		if (found && found.inserted + found.updated > 0) counts[name] = found;
	}
	return counts;
}

/** How many finished attempts still wait for their jobs, which a budget of requests fetches over several runs. */
async function countAttemptsLeft(db: Queryable): Promise<number> {
	const repositories = await db.query<{ id: number }>("SELECT repository_id AS id FROM repositories");
	let count = 0;
	for (const { id } of repositories) {
		for await (const _ of readWorkList(db, "attemptsWithoutJobs", id)) count++;
	}
	return count;
}
