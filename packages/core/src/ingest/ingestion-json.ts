import { explainError, TelemetryError } from "@tidemark/db";
import type { TargetResult } from "./ingest-target.ts";
import { type IngestionOutcome, type SourceResult, sumCounts } from "./run-ingestion.ts";

/**
 * An ingestion as every door hands it to programs. Names are stable; counts are entries (`read`, `rejected`) and rows.
 *
 * @param say rewrites messages, for example to hide secrets; figures and names stay
 */
export function ingestionJson(
	{ results, pruned, isDryRun }: Pick<IngestionOutcome, "results" | "pruned" | "isDryRun">,
	say = (text: string) => text,
) {
	return {
		dry_run: isDryRun,
		total: sumCounts(results),
		sources: results.map((result) => sourceJson(result, say)),
		pruned: pruned ?? null,
	};
}

function sourceJson(result: SourceResult, say: (text: string) => string) {
	const { source, outcome } = result;
	if (result.outcome === "skipped") return { source, outcome, reason: say(result.reason) };
	const targets = result.targets.map((target) => targetJson(target, say));
	return { source, outcome, targets, ...(result.outcome === "failed" && { error: errorJson(result.error, say) }) };
}

function targetJson(result: TargetResult, say: (text: string) => string) {
	const { source, target, outcome, message, counts, elapsedMs, error } = result;
	return {
		source,
		target,
		outcome,
		...(message !== undefined && { message: say(message) }),
		counts,
		elapsed_ms: elapsedMs,
		...(error !== undefined && { error: errorJson(error, say) }),
	};
}

function errorJson(failure: unknown, say: (text: string) => string) {
	const error = explainError(failure);
	if (!(error instanceof TelemetryError))
		return { message: say(error instanceof Error ? error.message : String(error)) };
	const { message, why, fix } = error;
	return { message: say(message), ...(why !== undefined && { why: say(why) }), fix: say(fix) };
}
