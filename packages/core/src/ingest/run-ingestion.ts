import {
	type Clock,
	type Database,
	type IngestionCounts,
	type Pruned,
	prune,
	readClock,
	UsageError,
} from "@tidemark/db";
import { retryDatabase } from "../open-database.ts";
import { generalSettings, ingestSettings } from "../settings/general-settings.ts";
import { type Given, readSettings } from "../settings/setting.ts";
import type { Reporter } from "../source.ts";
import { parseSince } from "../time/parse-since.ts";
import { addCounts } from "./counts.ts";
import type { DefinedSource } from "./define-source.ts";
import type { TargetResult } from "./ingest-target.ts";
import { limitTime, makePlan, type Plan } from "./plan.ts";

export interface IngestionTask {
	readonly db: Database;
	readonly sources: readonly DefinedSource[];
	readonly given: Given;
	/** Asked for by name, not as part of `all`. */
	readonly isNamed: boolean;
	readonly isDryRun?: boolean;
	/** What is older than the retention is deleted at the end; by default unless sources are named. */
	readonly isPruned?: boolean;
	/** By default the database's; retention, ingestion and pruning go by it. */
	readonly clock?: Clock;
	readonly cancel: AbortSignal;
	readonly report: Reporter;
}

export interface IngestionOutcome {
	readonly results: readonly SourceResult[];
	/** Undefined if nothing was to be pruned. */
	readonly pruned: Pruned | undefined;
	/** Why nothing was pruned though it should have been, such as a wrong clock. */
	readonly pruneError?: unknown;
	readonly isNamed: boolean;
	readonly isDryRun: boolean;
	/** The time was used up or somebody interrupted before everything was done. */
	readonly isUnfinished: boolean;
}

/** What became of one source. */
export type SourceResult = { readonly source: string } & (
	| { readonly outcome: "ran"; readonly targets: readonly TargetResult[] }
	| { readonly outcome: "skipped"; readonly reason: string }
	| { readonly outcome: "failed"; readonly targets: readonly TargetResult[]; readonly error: unknown }
);

/** What every door does: runs sources as the settings say; after `all`, prunes what is older than the retention. */
export async function runIngestion(task: IngestionTask): Promise<IngestionOutcome> {
	const { db, sources, given, isNamed, isDryRun = false, isPruned = !isNamed, cancel, report } = task;
	const { retention } = readSettings(generalSettings, given);
	const { since, maxBad, maxDurationMs, deadLetterDirectory } = readSettings(ingestSettings, given);
	const clock = task.clock ?? (await retryDatabase(() => readClock(db)));
	const deadline = maxDurationMs === undefined ? undefined : limitTime(maxDurationMs);
	const plan = await makePlan({
		db,
		retention,
		clock,
		since: since === undefined ? null : parseSince(since, Date.parse(clock.start)),
		dryRun: isDryRun,
		maxBad,
		deadLetterDirectory,
		maxDurationMs: maxDurationMs === undefined || !isPruned ? maxDurationMs : maxDurationMs * (1 - pruneShare),
		cancel,
		report,
	});
	const results = await runSources(sources, plan, given, { isNamed });
	const outcome = { results, isNamed, isDryRun, isUnfinished: plan.signal.aborted };
	if (!isPruned || isDryRun || cancel.aborted) return { ...outcome, pruned: undefined };
	try {
		const pruned = await prune(db, { retention, clock, signal: cancel, ...(deadline && { deadline }) });
		return { ...outcome, pruned };
	} catch (pruneError) {
		// What was ingested is reported all the same.
		return { ...outcome, pruned: undefined, pruneError };
	}
}

/** The share of a limited time that is kept for pruning, so that a run that is always cut short keeps no row for ever. */
const pruneShare = 0.1;

/** One that fails stops nobody else. One that is not configured is skipped; asked for by name, it fails. */
export async function runSources(
	sources: readonly DefinedSource[],
	plan: Plan,
	given: Given,
	{ isNamed }: { isNamed: boolean },
): Promise<SourceResult[]> {
	const results: SourceResult[] = [];
	for (const source of sources) {
		if (plan.signal.aborted) break;
		results.push(await runSource(source, plan, given, isNamed));
	}
	return results;
}

async function runSource(source: DefinedSource, plan: Plan, given: Given, isNamed: boolean): Promise<SourceResult> {
	const { name } = source;
	const skip = (reason: string, fix: string): SourceResult => {
		if (!isNamed) return { source: name, outcome: "skipped", reason: `${reason} - ${fix}` };
		return { source: name, outcome: "failed", targets: [], error: new UsageError(`${name}: ${reason}.`, { fix }) };
	};
	const missing = source.missing(given);
	if (missing.length > 0) {
		return skip("not configured", `set ${missing.map(({ env, flag }) => `${env} (--${flag})`).join(" and ")}`);
	}
	const targets: TargetResult[] = [];
	try {
		for await (const target of source.ingest(plan, given)) targets.push(target);
	} catch (error) {
		// The signal ends a source that waits; that is no failure of its own.
		if (!plan.signal.aborted) return { source: name, outcome: "failed", targets, error };
	}
	if (targets.length === 0 && !plan.signal.aborted) return skip("nothing to read", source.idle);
	return { source: name, outcome: "ran", targets };
}

/** The sum over all targets. */
export function sumCounts(results: readonly SourceResult[]): IngestionCounts {
	return addCounts(...results.flatMap(listTargets).map(({ counts }) => counts));
}

export function listTargets(result: SourceResult): readonly TargetResult[] {
	return result.outcome === "skipped" ? [] : result.targets;
}
