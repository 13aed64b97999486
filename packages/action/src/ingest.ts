import { type Given, openDatabase, readSettings, runIngestion } from "@tidemark/core";
import { type Queryable, readWorkList, tables } from "@tidemark/db";
import { readWeek } from "@tidemark/stats";
import { readSources, requireDatabase } from "./inputs/read-inputs.ts";
import { stepSettings } from "./inputs/step-settings.ts";
import { createLogReporter } from "./report/log.ts";
import { describeFailure, listFailures, listUnfinished, type Say, sayResults } from "./report/read-results.ts";
import { emptyReport, type Report, type TableCounts } from "./report/report.ts";

interface Surroundings {
	readonly cancel: AbortSignal;
	readonly say: Say;
}

/**
 * Brings the tables up to date, ingests, prunes, and reads the figures.
 * @throws TelemetryError if nothing could be begun
 */
export async function ingest(given: Given, { cancel, say }: Surroundings): Promise<Report> {
	requireDatabase(given);
	const chosen = readSources(readSettings(stepSettings, given).sources);
	await using db = await openDatabase(given);
	const began = new Date();
	const outcome = await runIngestion({ db, ...chosen, given, isPruned: true, cancel, report: createLogReporter(say) });
	const results = sayResults(outcome.results, say);
	const report: Report = {
		...emptyReport,
		results,
		pruned: outcome.pruned,
		failures: [
			...listFailures(results, say),
			...(outcome.pruneError === undefined ? [] : [describeFailure(outcome.pruneError, say)]),
		],
		unfinished: listUnfinished(results, chosen),
		isCancelled: cancel.aborted,
	};
	try {
		const counted = { ...report, tables: await countRows(db, began), attemptsLeft: await countAttemptsLeft(db) };
		// A cancelled run does not wait for figures; the runner ends the process soon.
		if (cancel.aborted) return counted;
		return { ...counted, week: await readWeek(db) };
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
