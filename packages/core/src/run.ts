import { type IngestionCounts, UsageError } from "@tidemark/db";
import type { DefinedSource } from "./define-source.ts";
import type { TargetResult } from "./ingest-target.ts";
import type { Plan } from "./plan.ts";
import type { Given } from "./setting.ts";

/** What became of one source. */
export type SourceResult =
	| { readonly source: string; readonly outcome: "ran"; readonly targets: readonly TargetResult[] }
	| { readonly source: string; readonly outcome: "skipped"; readonly reason: string }
	| {
			readonly source: string;
			readonly outcome: "failed";
			readonly targets: readonly TargetResult[];
			readonly error: unknown;
	  };

/**
 * Runs sources one after the other. One that fails stops nobody else. One that is not configured is skipped with the
 * reason - unless it was asked for by name, then it fails.
 */
export async function run(
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
	const skipped = (reason: string, fix: string): SourceResult =>
		isNamed
			? {
					source: source.name,
					outcome: "failed",
					targets: [],
					error: new UsageError(`${source.name}: ${reason}.`, { fix }),
				}
			: { source: source.name, outcome: "skipped", reason: `${reason} - ${fix}` };
	const missing = source.missing(given);
	if (missing.length > 0) {
		return skipped("not configured", `set ${missing.map(({ env, flag }) => `${env} (--${flag})`).join(" and ")}`);
	}
	const targets: TargetResult[] = [];
	try {
		for await (const target of source.ingest(plan, given)) targets.push(target);
	} catch (error) {
		// A source that waits is told to stop by the signal; that is no failure of its own.
		if (!plan.signal.aborted) return { source: source.name, outcome: "failed", targets, error };
	}
	if (targets.length === 0 && !plan.signal.aborted) return skipped("nothing to read", source.idle);
	return { source: source.name, outcome: "ran", targets };
}

/** The sum over all targets. */
export function totalCounts(results: readonly SourceResult[]): IngestionCounts {
	const total = { read: 0, inserted: 0, updated: 0, unchanged: 0, expired: 0, skipped: 0, rejected: 0 };
	for (const { counts } of results.flatMap((result) => (result.outcome === "skipped" ? [] : result.targets))) {
		for (const key of Object.keys(total) as (keyof IngestionCounts)[]) total[key] += counts[key];
	}
	return total;
}
