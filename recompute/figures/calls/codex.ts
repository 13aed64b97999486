import { type Call, microseconds } from "./call.ts";
import { at, lines, numberAt, textAt } from "./json.ts";
import { priced } from "./prices.ts";

/**
 * Reads all sessions of Codex together: a forked session begins with the counts of the one it was forked from, maybe at
 * other times. Such a count is known by the running totals up to it, the same in the whole family.
 */
export function codexCalls(texts: readonly string[]): Call[] {
	const sessions = texts.map(lines);
	const parents = new Map<string, string>();
	for (const session of sessions) {
		const first = session.find((line) => at(line, "type") === "session_meta");
		const parent = textAt(first, "payload", "forked_from_id");
		if (parent !== null) parents.set(textAt(first, "payload", "id") ?? "", parent);
	}
	const calls = new Map<string, Call>();
	// Parents first: their times are the true ones.
	const depth = (session: readonly unknown[]) => ancestry(idOf(session), parents).length;
	for (const session of [...sessions].sort((one, other) => depth(one) - depth(other))) {
		let path = ancestry(idOf(session), parents).at(-1) ?? "";
		let before = "";
		let model: string | null = null;
		for (const line of session) {
			model = textAt(line, "payload", "model") ?? model;
			const total = JSON.stringify(at(line, "payload", "info", "total_token_usage"));
			if (at(line, "payload", "type") !== "token_count" || total === undefined || total === before) continue;
			before = total;
			path += `\n${total}`;
			if (!calls.has(path)) calls.set(path, callOf(line, model));
		}
	}
	return [...calls.values()];
}

function idOf(session: readonly unknown[]): string {
	return (
		textAt(
			session.find((line) => at(line, "type") === "session_meta"),
			"payload",
			"id",
		) ?? ""
	);
}

/** A session and those it was forked from, the first one last. */
function ancestry(id: string, parents: ReadonlyMap<string, string>): string[] {
	const parent = parents.get(id);
	return parent === undefined ? [id] : [id, ...ancestry(parent, parents)];
}

function callOf(line: unknown, model: string | null): Call {
	const usage = at(line, "payload", "info", "last_token_usage");
	const input = numberAt(usage, "input_tokens");
	const output = numberAt(usage, "output_tokens");
	const cacheRead = numberAt(usage, "cached_input_tokens");
	return {
		at: microseconds(textAt(line, "timestamp") ?? ""),
		source: "agents",
		...priced(model, { input, output, cacheRead, cacheWrite: null }),
		phase: null,
		developer: null,
		...{ input, output, cacheRead, cacheWrite: null },
		reportedCost: null,
		// Codex does not say how a call went.
		isSuccess: null,
		durationMs: null,
	};
}
