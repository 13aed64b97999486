import type { Rows } from "@tidemark/db";
import type { Call } from "./call-parser.ts";
import { estimateCost, priceVersion } from "./prices.ts";

/** Makes the row of a call, with what it should have cost beside what was reported. */
export function callRows(source: string, call: Call): Rows {
	const estimatedCost = estimateCost(call.model ?? null, call.provider ?? null, call.timestamp, {
		input: call.inputTokens ?? null,
		output: call.outputTokens ?? null,
		cacheRead: call.cacheReadTokens ?? null,
		cacheWrite: call.cacheWriteTokens ?? null,
	});
	return {
		llm_calls: [{ ...call, source, estimatedCost, priceVersion: estimatedCost === null ? null : priceVersion }],
	};
}
