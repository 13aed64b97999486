import type { Parser } from "@tidemark/core";
import type { JsonObject } from "../json/json-object.ts";
import { errorWords } from "../llm-call/error-words.ts";
import { parseAmount, parseText, parseTokens, parseTruth } from "../values.ts";
import { parseCreatedAt } from "./created-at.ts";
import { plainMetadata } from "./metadata.ts";
import type { CostUnit, RawLog } from "./raw-log.ts";

/** A log that was understood. Tokens in include those of a prompt cache. */
export interface Log {
	readonly id: string;
	readonly timestamp: string;
	readonly traceId: string | null;
	readonly provider: string | null;
	readonly model: string | null;
	readonly operation: string | null;
	readonly inputTokens: number | null;
	readonly outputTokens: number | null;
	readonly totalTokens: number | null;
	readonly cacheReadTokens: number | null;
	readonly cacheWriteTokens: number | null;
	readonly reasoningTokens: number | null;
	/** As PortKey says it, in `costUnit`. */
	readonly cost: number | null;
	readonly costUnit: CostUnit;
	readonly currency: string | null;
	readonly success: boolean | null;
	readonly httpStatus: number | null;
	readonly errorType: string | null;
	readonly errorMessage: string | null;
	readonly durationMs: number | null;
	readonly promptSlug: string | null;
	readonly mode: string | null;
	readonly config: string | null;
	readonly metadata: JsonObject;
	readonly userText: string | null;
}

/** Written by hand, because 30,000 lines a second pass through it. */
export const logParser: Parser<Log> = {
	parse(value) {
		// Only `read` and the dead letters it left hand over such values.
		const { fields, metadata, path, usage, errorType, errorMessage, userText, costUnit } = value as RawLog;
		const id = textOf(fields.id);
		if (id === null) throw new Error("id is missing");
		const status = countOf("response_status_code", fields.response_status_code);
		return {
			id,
			timestamp: parseCreatedAt(fields.created_at),
			traceId: textOf(fields.trace_id),
			provider: textOf(fields.ai_org),
			model: textOf(fields.ai_model),
			operation: operationOf(path),
			...tokensOf(fields, usage),
			cost: amountOf("cost", fields.cost),
			costUnit,
			currency: textOf(fields.cost_currency),
			success: parseTruth("is_success", written(fields.is_success)),
			// Some gateways log 0 where there was no answer.
			httpStatus: status !== null && status >= 100 && status <= 999 ? status : null,
			errorType: parseText(errorType),
			errorMessage: errorWords(errorMessage) ?? null,
			durationMs: amountOf("response_time", fields.response_time),
			promptSlug: textOf(fields.prompt_slug),
			mode: textOf(fields.mode),
			config: textOf(fields.config),
			metadata: plainMetadata(metadata),
			userText: parseText(userText),
		};
	},
};

function tokensOf(fields: RawLog["fields"], usage: RawLog["usage"]) {
	const cacheReadTokens = countOf("cached tokens", usage?.cacheRead);
	const cacheWriteTokens = countOf("tokens written to the cache", usage?.cacheWrite);
	const uncached = countOf("input_tokens", usage?.uncachedInput);
	const counted = countOf("req_units", fields.req_units);
	const outputTokens = countOf("res_units", fields.res_units);
	const total = countOf("total_units", fields.total_units);
	const cached = (cacheReadTokens ?? 0) + (cacheWriteTokens ?? 0);
	// Anthropic's own count leaves out what was cached; here it is included, as in everybody else's.
	const leavesOut = counted !== null && (counted < cached || counted === uncached);
	const inputTokens = leavesOut ? counted + cached : counted;
	const sum = inputTokens === null || outputTokens === null ? null : inputTokens + outputTokens;
	return {
		inputTokens,
		outputTokens,
		totalTokens: total === null || leavesOut ? sum : total,
		cacheReadTokens,
		cacheWriteTokens,
		reasoningTokens: countOf("reasoning_tokens", usage?.reasoning),
	};
}

/** Nearly all of them are good numbers already, and need no text. */
function countOf(field: string, value: unknown): number | null {
	return isAmount(value) && Number.isSafeInteger(value) ? value : parseTokens(field, written(value));
}

function amountOf(field: string, value: unknown): number | null {
	return isAmount(value) ? value : parseAmount(field, written(value));
}

function isAmount(value: unknown): value is number {
	return typeof value === "number" && value >= 0 && Number.isFinite(value);
}

/** Numbers and truths as the text that they are parsed from. */
function written(value: unknown): string | undefined {
	return value === undefined || value === null ? undefined : typeof value === "string" ? value : String(value);
}

/** Text as it stands; a number is text where text is meant. */
function textOf(value: unknown): string | null {
	if (typeof value === "string" && value !== "") return value;
	return typeof value === "number" ? String(value) : null;
}

/** In the words of OpenTelemetry, as far as it has them. */
const operations: readonly (readonly [ending: RegExp, operation: string])[] = [
	[/\/(chat\/completions|messages|responses|converse(-stream)?)$|:(streamG|g)enerateContent$/, "chat"],
	[/\/embeddings$|:(batchE|e)mbedContents?$/, "embeddings"],
	[/\/completions$/, "text_completion"],
	[/\/images\//, "image"],
	[/\/audio\//, "audio"],
	[/\/moderations$/, "moderation"],
	[/\/rerank$/, "rerank"],
];

function operationOf(path: string | undefined): string | null {
	if (path === undefined) return null;
	return operations.find(([ending]) => ending.test(path))?.[1] ?? null;
}
