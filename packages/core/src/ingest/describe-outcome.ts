import { explainError, TelemetryError } from "@tidemark/db";
import type { TargetResult } from "./ingest-target.ts";
import { type IngestionOutcome, type SourceResult, sumCounts } from "./run-ingestion.ts";

/**
 * An ingestion as every door hands it to programs. Names are stable; counts are entries (`read`, `rejected`) and rows.
 *
 * @param say rewrites messages, for example to hide secrets; figures and names stay
 */
export function describeOutcome(
	{ results, pruned, isDryRun }: Pick<IngestionOutcome, "results" | "pruned" | "isDryRun">,
	say = (text: string) => text,
) {
	return {
		dry_run: isDryRun,
		total: sumCounts(results),
		sources: results.map((result) => describeSource(result, say)),
		pruned: pruned ?? null,
	};
}

function describeSource(result: SourceResult, say: (text: string) => string) {
	const { source, outcome } = result;
	if (result.outcome === "skipped") return { source, outcome, reason: say(result.reason) };
	const targets = result.targets.map((target) => describeTarget(target, say));
	return { source, outcome, targets, ...(result.outcome === "failed" && { error: describeError(result.error, say) }) };
}

function describeTarget({ elapsedMs, error, message, ...result }: TargetResult, say: (text: string) => string) {
	return {
		...result,
		...(message !== undefined && { message: say(message) }),
		elapsed_ms: elapsedMs,
		...(error !== undefined && { error: describeError(error, say) }),
	};
}

function describeError(failure: unknown, say: (text: string) => string) {
	const error = explainError(failure);
	if (!(error instanceof TelemetryError)) {
		return { message: say(error instanceof Error ? error.message : String(error)) };
	}
	const { message, why, fix } = error;
	return { message: say(message), ...(why !== undefined && { why: say(why) }), fix: say(fix) };
}
