import { type Parser, parseInstant } from "@tidemark/core";
import type { Rows } from "@tidemark/db";
import { estimateCost, priceVersion } from "../prices.ts";
import { isMissing, parseAmount, parseCost, parseText, parseTokens, parseTruth } from "../values.ts";
import type { Field } from "./columns.ts";

/** A row as it was read: maps and defaults applied, nothing interpreted. Kept whole in a dead letter. */
export interface RawCall {
	readonly id: string;
	/** The zone of a timestamp that names none. */
	readonly zone: string;
	readonly cells: Readonly<Partial<Record<Field, string>>>;
}

/** A row that was understood. */
export interface Call {
	readonly id: string;
	readonly timestamp: string;
	readonly cells: RawCall["cells"];
	readonly inputTokens: number | null;
	readonly outputTokens: number | null;
	readonly totalTokens: number | null;
	readonly cacheReadTokens: number | null;
	readonly cacheWriteTokens: number | null;
	readonly reasoningTokens: number | null;
	readonly reportedCost: string | null;
	readonly success: boolean | null;
	readonly durationMs: number | null;
	readonly ttftMs: number | null;
}

/** Written by hand, because a million rows pass through it. */
export const callParser: Parser<Call> = {
	parse(value) {
		// Only `read` and the dead letters it left hand over such values.
		const { id, zone, cells } = value as RawCall;
		const timestamp = cells.timestamp?.trim();
		if (timestamp === undefined || isMissing(timestamp)) throw new Error("timestamp is missing");
		const cacheReadTokens = parseTokens("cache_read_tokens", cells.cache_read_tokens);
		const cacheWriteTokens = parseTokens("cache_write_tokens", cells.cache_write_tokens);
		const cached = (cacheReadTokens ?? 0) + (cacheWriteTokens ?? 0);
		const promptTokens = parseTokens("prompt_tokens", cells.prompt_tokens);
		// Who counts fewer tokens in than were cached leaves the cached ones out, as Anthropic does; here they are included.
		const inputTokens = promptTokens !== null && cached > promptTokens ? promptTokens + cached : promptTokens;
		const outputTokens = parseTokens("completion_tokens", cells.completion_tokens);
		const sum = inputTokens === null || outputTokens === null ? null : inputTokens + outputTokens;
		return {
			id,
			cells,
			timestamp: parseInstant(timestamp, zone),
			inputTokens,
			outputTokens,
			totalTokens: parseTokens("total_tokens", cells.total_tokens) ?? sum,
			cacheReadTokens,
			cacheWriteTokens,
			reasoningTokens: parseTokens("reasoning_tokens", cells.reasoning_tokens),
			reportedCost: parseCost("cost", cells.cost),
			success: parseTruth("task_success", cells.task_success),
			durationMs: parseAmount("duration_ms", cells.duration_ms),
			ttftMs: parseAmount("ttft_ms", cells.ttft_ms),
		};
	},
};

export function rowsOfCall(call: Call): Rows {
	const { id, timestamp, cells, inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens } = call;
	const model = parseText(cells.model);
	const provider = parseText(cells.provider);
	const notes = parseText(cells.notes);
	const estimatedCost = estimateCost(model, provider, timestamp, {
		input: inputTokens,
		output: outputTokens,
		cacheRead: cacheReadTokens,
		cacheWrite: cacheWriteTokens,
	});
	return {
		llm_calls: [
			{
				timestamp,
				source: "csv",
				sourceId: id,
				traceId: parseText(cells.trace_id),
				sessionId: parseText(cells.session_id),
				phase: parseText(cells.phase) ?? phaseIn(notes),
				promptName: parseText(cells.task_type),
				provider,
				model,
				inputTokens,
				outputTokens,
				totalTokens: call.totalTokens,
				cacheReadTokens,
				cacheWriteTokens,
				reasoningTokens: call.reasoningTokens,
				estimatedCost,
				reportedCost: call.reportedCost,
				priceVersion: estimatedCost === null ? null : priceVersion,
				success: call.success,
				errorMessage: parseText(cells.error_message),
				durationMs: call.durationMs,
				ttftMs: call.ttftMs,
				developer: parseText(cells.developer),
				repository: parseText(cells.repository),
				notes,
			},
		],
	};
}

/** Notes such as "Phase 5 CI setup" tell the phase where no column does. */
function phaseIn(notes: string | null): string | null {
	const [, number] = notes === null ? [] : (/\bphase[ _-]?(\d+(?:\.\d+)?)\b/i.exec(notes) ?? []);
	return number === undefined ? null : `Phase ${number}`;
}
