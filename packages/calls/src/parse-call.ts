import { type Kind, parseInstant } from "@tidemark/core";
import type { Row } from "@tidemark/db";
import { estimateCost, priceVersion } from "./prices.ts";
import type { RawCall } from "./raw-call.ts";
import { readTokens } from "./tokens.ts";
import {
	isMissing,
	parseAmount,
	parseCost,
	parseRepositoryName,
	parseText,
	parseTokens,
	parseTruth,
} from "./values.ts";

/** A call that was understood. */
export type Call = Row<"llm_calls">;

/** The kind of a source whose entries are raw calls. */
export function makeCallKind(name: string): Pick<Kind<Call>, "name" | "entry" | "rows"> {
	return {
		name,
		entry: { parse: (value) => parseCall(name, value as RawCall) },
		rows: (call) => ({ llm_calls: [call] }),
	};
}

/**
 * Understands a raw call, whichever source mapped it, and adds what it should have cost to what was reported. Written by
 * hand and without a copy of the row, because a million of them pass through it.
 *
 * @throws Error naming the field that makes no sense
 */
export function parseCall(source: string, raw: RawCall): Call {
	if (!raw.id) throw new Error("id is missing");
	if (raw.refused !== undefined) throw new Error(raw.refused);
	const timestamp = readInstant("timestamp", raw.timestamp, raw.zone);
	if (timestamp === null) throw new Error("timestamp is missing");
	const success = parseTruth("success", raw.success);
	const { tokens, areAdjusted } = readTokens(raw);
	const { inputTokens: input, outputTokens: output } = tokens;
	const { cacheReadTokens: cacheRead, cacheWriteTokens: cacheWrite } = tokens;
	const cost = readCost(raw);
	const notes = parseText(raw.notes);
	const provider = parseText(raw.provider);
	const model = parseText(raw.model);
	const estimatedCost = estimateCost(model, provider, timestamp, { input, output, cacheRead, cacheWrite });
	return {
		timestamp,
		source,
		sourceId: raw.id,
		traceId: parseText(raw.traceId),
		sessionId: parseText(raw.sessionId),
		phase: parseText(raw.phase) ?? findPhase(notes),
		promptName: parseText(raw.promptName),
		provider,
		model,
		operation: parseText(raw.operation),
		inputTokens: input,
		outputTokens: output,
		totalTokens: tokens.totalTokens,
		cacheReadTokens: cacheRead,
		cacheWriteTokens: cacheWrite,
		reasoningTokens: tokens.reasoningTokens,
		estimatedCost,
		reportedCost: cost.reportedCost,
		priceVersion: estimatedCost === null ? null : priceVersion,
		success,
		httpStatus: readHttpStatus(raw.httpStatus),
		errorType: parseText(raw.errorType),
		errorMessage: parseText(raw.errorMessage),
		durationMs: readDuration(raw, timestamp, success),
		ttftMs:
			parseAmount("ttft_ms", raw.ttftMs) ??
			millisecondsBetween(timestamp, readInstant("first token", raw.firstTokenAt, raw.zone)),
		gatewayCacheHit: parseTruth("cache_hit", raw.gatewayCacheHit),
		developer: parseText(raw.developer),
		repository: parseRepositoryName(raw.repository),
		notes,
		accepted: parseTruth("accepted", raw.accepted),
		acceptedLines: parseTokens("accepted_lines", raw.acceptedLines),
		diffRatio: parseAmount("diff_ratio", raw.diffRatio),
		metadata: joinMetadata(raw.metadata, areAdjusted ? { tokens_adjusted: true } : undefined, cost.unknown),
	};
}

function readInstant(field: string, text: string | undefined, zone: string | undefined): string | null {
	const trimmed = text?.trim() ?? "";
	if (isMissing(trimmed)) return null;
	try {
		return parseInstant(trimmed, zone);
	} catch (cause) {
		throw new Error(`${field}: ${cause instanceof Error ? cause.message : cause}`, { cause });
	}
}

/** A call that failed at once was never measured: its begin stands for its end. */
function readDuration(raw: RawCall, timestamp: string, success: boolean | null): number | null {
	const duration =
		parseAmount("duration_ms", raw.durationMs) ??
		millisecondsBetween(timestamp, readInstant("end", raw.endedAt, raw.zone));
	return duration === 0 && success === false ? null : duration;
}

/** Null also if the clock went backwards. */
function millisecondsBetween(begin: string, end: string | null): number | null {
	const microseconds = end === null ? -1 : toMicroseconds(end) - toMicroseconds(begin);
	return microseconds < 0 ? null : microseconds / 1000;
}

/** From canonical text, since 1970, exact: 2^53 microseconds last until the year 2255. */
function toMicroseconds(instant: string): number {
	return Date.parse(`${instant.slice(0, 19)}Z`) * 1000 + Number(instant.slice(20, 26));
}

/** In US dollars. A cost in another currency, or in an unknown unit, is kept as it came, in the metadata. */
function readCost({ reportedCost: text, costUnit = "usd", currency }: RawCall) {
	if (costUnit !== "unknown" && (currency ?? "usd").toUpperCase() === "USD") {
		return { reportedCost: parseCost("cost", text, costUnit === "cents" ? 100 : 1), unknown: undefined };
	}
	const cost = parseAmount("cost", text);
	const unknown = cost === null ? undefined : { cost, cost_unit: costUnit, cost_currency: currency };
	return { reportedCost: null, unknown };
}

/** A word such as `insufficient_quota` in its place says nothing about the status. */
function readHttpStatus(text: string | undefined): number | null {
	return text !== undefined && /^[1-5]\d\d(\.0)?$/.test(text) ? Number(text) : null;
}

/** Finds the phase in notes such as "Phase 5 CI setup". */
function findPhase(notes: string | null): string | null {
	const [, number] = /\bphase[ _-]?(\d+(?:\.\d+)?)\b/i.exec(notes ?? "") ?? [];
	return number === undefined ? null : `Phase ${number}`;
}

function joinMetadata(...parts: readonly RawCall["metadata"][]): Call["metadata"] {
	if (parts.every((part) => part === undefined)) return null;
	const known = Object.entries(Object.assign({}, ...parts)).filter(([, value]) => value !== undefined);
	return known.length > 0 ? Object.fromEntries(known) : null;
}
