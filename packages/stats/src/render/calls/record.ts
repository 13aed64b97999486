import type { Figures } from "../../calls/figures.ts";

/** Figures of calls as raw numbers under flat, stable names: the columns of the CSV and the fields of the JSON. */
export function callRecord(figures: Figures) {
	const { calls, success, tokens, cost, duration, oldest, newest } = figures;
	return {
		calls,
		success_rate: success.rate,
		success_known: success.known,
		input_tokens: tokens.input,
		output_tokens: tokens.output,
		cache_read_tokens: tokens.cacheRead,
		cache_write_tokens: tokens.cacheWrite,
		cost_usd: cost.usd,
		priced_calls: cost.priced,
		unpriced_calls: cost.unpriced,
		reported_cost_usd: cost.reportedUsd,
		reported_calls: cost.reportedCalls,
		estimated_cost_usd: cost.estimatedUsd,
		estimated_calls: cost.estimatedCalls,
		duration_p50_ms: duration.p50,
		duration_p95_ms: duration.p95,
		duration_mean_ms: duration.mean,
		duration_known: duration.known,
		oldest,
		newest,
	} satisfies Record<string, number | string | null>;
}
