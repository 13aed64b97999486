import { explainError, TelemetryError } from "@tidemark/db";
import { type IngestionOutcome, listTargets, sumCounts } from "./run-ingestion.ts";

/**
 * An ingestion as every door hands it to programs. Names are stable; counts are entries (`read`, `rejected`) and rows.
 * @param say rewrites messages, for example to hide secrets; figures and names stay
 */
export function describeOutcome(
	{ results, pruned, isDryRun }: Pick<IngestionOutcome, "results" | "pruned" | "isDryRun">,
	say = (text: string) => text,
) {
	const describeError = (failure: unknown) => {
		const error = explainError(failure);
		if (!(error instanceof TelemetryError)) {
			return { message: say(error instanceof Error ? error.message : String(error)) };
		}
		const { message, why, fix } = error;
		return { message: say(message), ...(why !== undefined && { why: say(why) }), fix: say(fix) };
	};
	const sources = results.map((result) => {
		const { source, outcome } = result;
		if (result.outcome === "skipped") return { source, outcome, reason: say(result.reason) };
		const targets = listTargets(result).map(({ elapsedMs, error, message, ...target }) => ({
			...target,
			...(message !== undefined && { message: say(message) }),
			elapsed_ms: elapsedMs,
			...(error !== undefined && { error: describeError(error) }),
		}));
		return { source, outcome, targets, ...(result.outcome === "failed" && { error: describeError(result.error) }) };
	});
	return { dry_run: isDryRun, total: sumCounts(results), sources, pruned: pruned ?? null };
}
