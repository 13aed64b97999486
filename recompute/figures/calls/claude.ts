import { type Call, microseconds } from "./call.ts";
import { at, lines, listAt, numberAt, textAt } from "./json.ts";
import { priced } from "./prices.ts";

/**
 * Reads all session files of Claude Code together: a message stands in several lines and in several files, and the line
 * with the most tokens counts.
 */
export function claudeCalls(texts: readonly string[]): Call[] {
	const messages = new Map<string, { readonly calls: readonly Call[]; readonly tokens: number }>();
	const requests = new Map<string, string>();
	const all = texts.flatMap(lines).filter((line) => at(line, "type") === "assistant");
	for (const line of all) {
		const id = textAt(line, "message", "id");
		if (id !== null && at(line, "isSidechain") !== true) requests.set(id, textAt(line, "requestId") ?? "");
	}
	for (const line of all) {
		const id = textAt(line, "message", "id");
		if (id === null) continue;
		// A side conversation repeats messages of the main one under other requests.
		if (
			at(line, "isSidechain") === true &&
			(requests.get(id) ?? textAt(line, "requestId")) !== textAt(line, "requestId")
		)
			continue;
		const call = callOf(line, at(line, "message", "usage"), textAt(line, "message", "model"));
		const tokens = (call.input ?? 0) + (call.output ?? 0);
		const best = messages.get(id);
		if (best !== undefined && best.tokens >= tokens) continue;
		messages.set(id, { calls: [call, ...advisorsOf(line)], tokens });
	}
	return [...messages.values()].flatMap(({ calls }) => calls);
}

/** Calls within the call: a message that another model was asked for. */
function advisorsOf(line: unknown): Call[] {
	const iterations = listAt(line, "message", "usage", "iterations");
	const advised = iterations.filter((iteration) => at(iteration, "type") === "advisor_message");
	return advised.map((iteration) => callOf(line, iteration, textAt(iteration, "model")));
}

function callOf(line: unknown, usage: unknown, model: string | null): Call {
	const cacheRead = numberAt(usage, "cache_read_input_tokens");
	const cacheWrite = numberAt(usage, "cache_creation_input_tokens");
	const output = numberAt(usage, "output_tokens");
	// Claude counts what went through the cache apart from its input.
	const input = (numberAt(usage, "input_tokens") ?? 0) + (cacheRead ?? 0) + (cacheWrite ?? 0);
	const hourWrite = numberAt(usage, "cache_creation", "ephemeral_1h_input_tokens") ?? 0;
	const isFast = at(usage, "speed") === "fast";
	return {
		at: microseconds(textAt(line, "timestamp") ?? ""),
		source: "agents",
		// Claude Code writes its own messages, above all of errors, under a name that is no model's.
		...priced(model === "<synthetic>" ? null : model, { input, output, cacheRead, cacheWrite, hourWrite, isFast }),
		phase: null,
		developer: null,
		...{ input, output, cacheRead, cacheWrite },
		reportedCost: null,
		isSuccess: at(line, "isApiErrorMessage") !== true,
		durationMs: null,
	};
}
