import { type Database, type Pruned, prune } from "@tidemark/db";
import type { Reporter } from "./context.ts";
import type { DefinedSource } from "./define-source.ts";
import { generalSettings } from "./general-settings.ts";
import { ingestSettings } from "./ingest-settings.ts";
import { makePlan } from "./plan.ts";
import { run, type SourceResult } from "./run.ts";
import { type Given, readSettings } from "./setting.ts";
import { parseSince } from "./span.ts";

export interface IngestionTask {
	readonly db: Database;
	readonly sources: readonly DefinedSource[];
	readonly given: Given;
	/** Asked for by name, not as part of `all`. */
	readonly isNamed: boolean;
	readonly isDryRun?: boolean;
	readonly cancel: AbortSignal;
	readonly report: Reporter;
}

export interface IngestionOutcome {
	readonly results: readonly SourceResult[];
	/** Undefined where nothing was to be pruned. */
	readonly pruned: Pruned | undefined;
	readonly isNamed: boolean;
	readonly isDryRun: boolean;
	/** The time was used up or somebody interrupted before everything was done. */
	readonly isUnfinished: boolean;
}

/** What every door does: runs sources as the settings say; after `all`, prunes what is older than the retention. */
export async function runIngestion(task: IngestionTask): Promise<IngestionOutcome> {
	const { db, sources, given, isNamed, isDryRun = false, cancel, report } = task;
	const { retention } = readSettings(generalSettings, given);
	const { since, maxBad, maxDurationMs, deadLetterDirectory } = readSettings(ingestSettings, given);
	const plan = await makePlan({
		db,
		retention,
		since: since === undefined ? null : parseSince(since, Date.now()),
		dryRun: isDryRun,
		maxBad,
		deadLetterDirectory,
		maxDurationMs,
		cancel,
		report,
	});
	const results = await run(sources, plan, given, { isNamed });
	const isPruned = !isNamed && !isDryRun && !plan.signal.aborted;
	const pruned = isPruned ? await prune(db, { retention, signal: plan.signal }) : undefined;
	return { results, pruned, isNamed, isDryRun, isUnfinished: plan.signal.aborted };
}
