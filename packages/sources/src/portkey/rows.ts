import type { Rows } from "@tidemark/db";
import type { JsonObject } from "../json/json-object.ts";
import { estimateCost, priceVersion } from "../prices.ts";
import type { Log } from "./entry.ts";
import { attachedColumns } from "./metadata.ts";

export const sourceName = "portkey";

/** What numeric(14,9) holds, in US dollars. */
const costLimit = 100_000;

/** A log is a call, and the prompt that it was made with. */
export function rowsOfLog(log: Log): Rows {
	const { id, timestamp, traceId, provider, model, metadata } = log;
	const estimatedCost = estimatedCostOf(log);
	const reportedCost = reportedCostOf(log);
	const { sessionId, phase, developer, repository, rest } = attachedColumns(metadata);
	return {
		llm_calls: [
			{
				timestamp,
				source: sourceName,
				sourceId: id,
				traceId,
				sessionId,
				phase,
				promptName: log.promptSlug,
				provider,
				model,
				operation: log.operation,
				inputTokens: log.inputTokens,
				outputTokens: log.outputTokens,
				totalTokens: log.totalTokens,
				cacheReadTokens: log.cacheReadTokens,
				cacheWriteTokens: log.cacheWriteTokens,
				reasoningTokens: log.reasoningTokens,
				estimatedCost,
				reportedCost,
				priceVersion: estimatedCost === null ? null : priceVersion,
				success: log.success,
				httpStatus: log.httpStatus,
				errorType: log.errorType,
				errorMessage: log.errorMessage,
				durationMs: log.durationMs,
				developer,
				repository,
				metadata: callMetadata(log, rest, reportedCost),
			},
		],
		prompt_instances: [
			{
				createdAt: timestamp,
				source: sourceName,
				promptId: id,
				originalText: log.userText,
				metadata: promptMetadata(log),
			},
		],
	};
}

/** By the list price of its day, in US dollars with nine decimals. */
export function estimatedCostOf(log: Log): string | null {
	return estimateCost(log.model, log.provider, log.timestamp, {
		input: log.inputTokens,
		output: log.outputTokens,
		cacheRead: log.cacheReadTokens,
		cacheWrite: log.cacheWriteTokens,
	});
}

function reportedCostOf({ cost, costUnit, currency }: Log): string | null {
	if (cost === null || costUnit === "unknown" || (currency !== null && currency.toUpperCase() !== "USD")) return null;
	const dollars = costUnit === "cents" ? cost / 100 : cost;
	return dollars < costLimit ? dollars.toFixed(9) : null;
}

/** What no column holds. A cost that could not be understood is kept as it came. */
function callMetadata({ mode, config, cost, costUnit, currency }: Log, rest: JsonObject, reportedCost: string | null) {
	const rawCost = cost !== null && reportedCost === null ? { cost, cost_unit: costUnit, cost_currency: currency } : {};
	const all = { ...rest, ...(mode !== null && { mode }), ...(config !== null && { config }), ...rawCost };
	return Object.keys(all).length === 0 ? null : all;
}

/** All that the log says beside the text. What is undefined is not written: nulls would be a third of it. */
function promptMetadata({ traceId, model, cost, currency, durationMs, success, metadata }: Log) {
	return {
		trace_id: traceId ?? undefined,
		ai_model: model ?? undefined,
		cost: cost ?? undefined,
		cost_currency: currency ?? undefined,
		latency_ms: durationMs ?? undefined,
		status: success ?? undefined,
		metadata,
	};
}
