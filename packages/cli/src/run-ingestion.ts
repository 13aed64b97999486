import {
	type DefinedSource,
	type Given,
	generalSettings,
	makePlan,
	parseSince,
	readSettings,
	run,
} from "@tidemark/core";
import { type Database, prune } from "@tidemark/db";
import type { Shell } from "./command.ts";
import type { IngestOutcome } from "./ingest-report.ts";
import { reporterFor } from "./reporter.ts";

export interface IngestionTask {
	readonly db: Database;
	readonly sources: readonly DefinedSource[];
	readonly given: Given;
	/** Asked for by name, not as part of `all`. */
	readonly isNamed: boolean;
}

/** Runs sources into a database; after `all`, prunes what is older than the retention. */
export async function runIngestion(
	{ db, sources, given, isNamed }: IngestionTask,
	shell: Shell,
): Promise<IngestOutcome> {
	const { retention, maxBad, maxDurationMs } = readSettings(generalSettings, given);
	const since = given.flags.since ?? given.environment.TELEMETRY_SINCE;
	const isDryRun = given.flags["dry-run"] === true;
	const plan = await makePlan({
		db,
		retention,
		since: typeof since === "string" && since ? parseSince(since, Date.now()) : null,
		dryRun: isDryRun,
		maxBad,
		maxDurationMs,
		cancel: shell.interrupt,
		report: reporterFor(shell.terminal),
	});
	const results = await run(sources, plan, given, { isNamed });
	const isPruned = !isNamed && !isDryRun && !plan.signal.aborted;
	const pruned = isPruned ? await prune(db, { retention, signal: plan.signal }) : undefined;
	return { results, pruned, isNamed, isDryRun };
}
