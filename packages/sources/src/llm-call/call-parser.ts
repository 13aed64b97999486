import { type Parser, parseInstant } from "@tidemark/core";
import type { Row } from "@tidemark/db";
import { parseAmount, parseCost, parseText, parseTokens, parseTruth } from "../values.ts";
import { microsecondsBetween } from "./microseconds.ts";
import { type RawCall, rawCall } from "./raw-call.ts";
import { repositoryName } from "./repository-name.ts";

/** A call that was understood: a row, less what the source and the price list add. */
export type Call = Omit<Row<"llm_calls">, "source" | "estimatedCost" | "priceVersion">;

/** What logs of LiteLLM, coding agents and OpenTelemetry have in common, once their own words are translated. */
export const callParser: Parser<Call> = {
	parse(value) {
		const raw = rawCall.parse(value);
		if (raw.refused !== undefined) throw new Error(raw.refused);
		const timestamp = instant("timestamp", raw.timestamp);
		if (timestamp === null) throw new Error("timestamp is missing");
		const success = parseTruth("success", raw.success);
		const { tokens, areAdjusted } = tokensOf(raw);
		return {
			timestamp,
			sourceId: raw.id,
			traceId: parseText(raw.traceId),
			sessionId: parseText(raw.sessionId),
			phase: parseText(raw.phase),
			promptName: parseText(raw.promptName),
			provider: parseText(raw.provider),
			model: parseText(raw.model),
			operation: parseText(raw.operation),
			...tokens,
			reportedCost: parseCost("cost", raw.reportedCost),
			success,
			httpStatus: httpStatusOf(raw.httpStatus),
			errorType: parseText(raw.errorType),
			errorMessage: parseText(raw.errorMessage),
			...timesOf(raw, timestamp, success),
			gatewayCacheHit: parseTruth("cache_hit", raw.gatewayCacheHit),
			developer: parseText(raw.developer),
			repository: repositoryName(raw.repository),
			accepted: parseTruth("accepted", raw.accepted),
			acceptedLines: parseTokens("accepted_lines", raw.acceptedLines),
			diffRatio: parseAmount("diff_ratio", raw.diffRatio),
			metadata: metadataOf(raw, areAdjusted),
		};
	},
};

/** Input with what was read from and written to a prompt cache, as providers bill it. */
function tokensOf(raw: RawCall) {
	const cacheReadTokens = parseTokens("cache_read_tokens", raw.cacheReadTokens);
	const cacheWriteTokens = parseTokens("cache_write_tokens", raw.cacheWriteTokens);
	const cached = (cacheReadTokens ?? 0) + (cacheWriteTokens ?? 0);
	const given = parseTokens("input_tokens", raw.inputTokens);
	// Who counts fewer tokens in than were cached leaves the cached ones out; here they are included.
	const areAdjusted = given !== null && cached > given;
	const inputTokens = areAdjusted ? given + cached : given;
	const outputTokens = parseTokens("output_tokens", raw.outputTokens);
	const sum = inputTokens === null || outputTokens === null ? null : inputTokens + outputTokens;
	const total = parseTokens("total_tokens", raw.totalTokens);
	const reasoningTokens = parseTokens("reasoning_tokens", raw.reasoningTokens);
	const tokens = {
		inputTokens,
		outputTokens,
		totalTokens: areAdjusted ? sum : (total ?? sum),
		cacheReadTokens,
		cacheWriteTokens,
		reasoningTokens,
	};
	return { tokens, areAdjusted };
}

function timesOf(raw: RawCall, timestamp: string, success: boolean | null) {
	const endedAt = instant("end", raw.endedAt);
	const firstTokenAt = instant("first token", raw.firstTokenAt);
	const durationMs = parseAmount("duration", raw.durationMs) ?? millisecondsUntil(endedAt, timestamp);
	return {
		// A call that failed at once was never measured: its begin stands for its end.
		durationMs: durationMs === 0 && success === false ? null : durationMs,
		ttftMs: parseAmount("time to first token", raw.ttftMs) ?? millisecondsUntil(firstTokenAt, timestamp),
	};
}

/** Null also where the clock went backwards. */
function millisecondsUntil(end: string | null, begin: string): number | null {
	const microseconds = end === null ? -1 : microsecondsBetween(begin, end);
	return microseconds < 0 ? null : microseconds / 1000;
}

function instant(field: string, text: string | undefined): string | null {
	if (text === undefined) return null;
	try {
		return parseInstant(text.trim());
	} catch (cause) {
		throw new Error(`${field}: ${cause instanceof Error ? cause.message : cause}`, { cause });
	}
}

/** Where a word such as `insufficient_quota` stands in its place, nobody knows the status. */
function httpStatusOf(text: string | undefined): number | null {
	return text !== undefined && /^[1-5]\d\d(\.0)?$/.test(text) ? Number(text) : null;
}

function metadataOf({ metadata }: RawCall, areAdjusted: boolean): Record<string, string | boolean> | null {
	const words = { ...metadata, ...(areAdjusted && { tokens_adjusted: true }) };
	return Object.keys(words).length > 0 ? words : null;
}
