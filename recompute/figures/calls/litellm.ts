import { type Call, microseconds, nano } from "./call.ts";
import { at, lines, numberAt, textAt } from "./json.ts";
import { priced } from "./prices.ts";

/** Reads a log of LiteLLM with records of three shapes: payloads, rows of the spend logs, and ProdLens's own. */
export function litellmCalls(text: string): Call[] {
	const calls: Call[] = [];
	const known = new Map<string, { readonly callId: string | null; readonly at: number }[]>();
	for (const line of lines(text)) {
		const call =
			textAt(line, "session_id") !== null && numberAt(line, "tokens_in") !== null ? ownCall(line) : loggedCall(line);
		if (call === undefined) continue;
		const id = textAt(line, "id") ?? textAt(line, "request_id") ?? JSON.stringify(line);
		const same = { callId: textAt(line, "litellm_call_id"), at: call.at };
		const others = known.get(id) ?? [];
		known.set(id, [...others, same]);
		// A name that somebody else gave: only with the same id of LiteLLM, or begun at once, is it the same call.
		if (!others.some((other) => isSame(other, same))) calls.push(call);
	}
	return calls;
}

interface Named {
	readonly callId: string | null;
	readonly at: number;
}

function isSame(one: Named, other: Named): boolean {
	if (one.callId !== null && other.callId !== null) return one.callId === other.callId;
	return Math.abs(one.at - other.at) <= 5_000_000;
}

/** A payload or a row of the spend logs. */
function loggedCall(line: unknown): Call | undefined {
	const start = timeOf(at(line, "startTime"));
	const end = timeOf(at(line, "endTime"));
	if (start === null || end === null) return undefined;
	const input = numberAt(line, "prompt_tokens");
	const output = numberAt(line, "completion_tokens");
	const cacheRead = numberAt(line, "metadata", "usage_object", "prompt_tokens_details", "cached_tokens");
	const cost = numberAt(line, "response_cost") ?? numberAt(line, "spend");
	const isFromCache = at(line, "cache_hit") === true || at(line, "cache_hit") === "True";
	const isSuccess = textAt(line, "status") === "success";
	const durationMs = (end - start) / 1000;
	return {
		at: start,
		source: "litellm",
		...priced(textAt(line, "model"), { input, output, cacheRead, cacheWrite: null }),
		phase: null,
		developer: textAt(line, "metadata", "user_api_key_user_id") ?? textAt(line, "user"),
		...{ input, output, cacheRead, cacheWrite: null },
		// A 0 for tokens that somebody must have paid for is no price.
		reportedCost: cost === null || (cost === 0 && !isFromCache) ? null : nano(cost),
		isSuccess,
		durationMs: durationMs === 0 && !isSuccess ? null : durationMs,
	};
}

function ownCall(line: unknown): Call {
	const input = numberAt(line, "tokens_in");
	const output = numberAt(line, "tokens_out");
	const usage = { input, output, cacheRead: null, cacheWrite: null };
	return {
		at: microseconds(textAt(line, "timestamp") ?? ""),
		source: "litellm",
		...priced(textAt(line, "model"), usage),
		phase: null,
		developer: textAt(line, "developer_id"),
		...usage,
		reportedCost: null,
		isSuccess: (numberAt(line, "status_code") ?? 0) < 400,
		durationMs: numberAt(line, "latency_ms"),
	};
}

/** Seconds since 1970, or ISO. */
function timeOf(value: unknown): number | null {
	if (typeof value === "number") return Math.round(value * 1e6);
	return typeof value === "string" ? microseconds(value) : null;
}
