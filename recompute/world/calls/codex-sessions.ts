import type { Random } from "../random.ts";
import type { SessionFile } from "./claude-sessions.ts";

interface Count {
	readonly at: number;
	readonly last: Usage;
	readonly total: Usage;
}

interface Usage {
	readonly input_tokens: number;
	readonly cached_input_tokens: number;
	readonly output_tokens: number;
	readonly reasoning_output_tokens: number;
	/** Left out by some versions. */
	readonly total_tokens?: number;
}

/** Sessions of Codex: repeated counts, sessions forked from others with times kept or rewritten, one without its parent. */
export function codexSessions(random: Random, times: readonly number[]): SessionFile[] {
	const files: SessionFile[] = [];
	const sessions: { id: string; counts: readonly Count[] }[] = [];
	const size = 12;
	for (let start = 0; start < times.length; start += size) {
		const id = [8, 4, 4, 4, 12].map((digits) => random.hex(digits)).join("-");
		const counts = countsOf(random, times.slice(start, start + size), sessions.length !== 3);
		sessions.push({ id, counts });
		// Only a fork of the third one is left.
		if (sessions.length !== 2) files.push(fileOf(random, id, [meta(id), ...linesOf(random, counts)]));
	}
	for (const [index, parent] of sessions.slice(0, 4).entries()) files.push(fork(random, parent, index % 2 === 1));
	return files;
}

function countsOf(random: Random, times: readonly number[], hasTotals: boolean, from?: Usage): Count[] {
	let total = from ?? { input_tokens: 0, cached_input_tokens: 0, output_tokens: 0, reasoning_output_tokens: 0 };
	return times.map((at) => {
		const input = random.integer(100, 20_000);
		const output = random.integer(5, 2000);
		const last = {
			input_tokens: input,
			cached_input_tokens: random.integer(0, input),
			output_tokens: output,
			reasoning_output_tokens: random.integer(0, output),
		};
		total = {
			input_tokens: total.input_tokens + last.input_tokens,
			cached_input_tokens: total.cached_input_tokens + last.cached_input_tokens,
			output_tokens: total.output_tokens + last.output_tokens,
			reasoning_output_tokens: total.reasoning_output_tokens + last.reasoning_output_tokens,
		};
		const withSum = (usage: Usage) => ({ ...usage, total_tokens: usage.input_tokens + usage.output_tokens });
		return hasTotals ? { at, last: withSum(last), total: withSum(total) } : { at, last, total };
	});
}

/** A session that begins with all that was counted in another one, and then counts one call of its own. */
function fork(
	random: Random,
	parent: { readonly id: string; readonly counts: readonly Count[] },
	keepsTimes: boolean,
): SessionFile {
	const id = [8, 4, 4, 4, 12].map((digits) => random.hex(digits)).join("-");
	const newest = parent.counts.at(-1);
	const start = (newest?.at ?? 0) + 3_600_000_000;
	const replayed = parent.counts.map((count, index) => (keepsTimes ? count : { ...count, at: start + index * 1000 }));
	const own = countsOf(random, [start + 60_000_000], newest?.total.total_tokens !== undefined, newest?.total);
	const lines = [meta(id, parent.id), meta(parent.id), ...linesOf(random, [...replayed, ...own])];
	return fileOf(random, id, lines);
}

function meta(id: string, parent?: string) {
	return { type: "session_meta", payload: { id, cwd: "/home/ada/harbour", ...(parent && { forked_from_id: parent }) } };
}

function linesOf(random: Random, counts: readonly Count[]): object[] {
	const lines: object[] = [{ type: "turn_context", payload: { model: "gpt-5.2", cwd: "/home/ada/harbour" } }];
	for (const { at, last, total } of counts) {
		const info = { last_token_usage: last, total_token_usage: total };
		const line = (milliseconds: number) => ({
			timestamp: new Date(Math.floor(at / 1000) + milliseconds).toISOString(),
			type: "event_msg",
			payload: { type: "token_count", info },
		});
		lines.push(line(0));
		// The same count again, because the limits of the account have changed.
		if (random.chance(0.2)) lines.push(line(5));
	}
	return lines;
}

function fileOf(random: Random, id: string, lines: readonly object[]): SessionFile {
	const text = lines.map((line) => `${JSON.stringify({ timestamp: "2026-01-01T00:00:00.000Z", ...line })}\n`).join("");
	return { path: `codex/rollout-${random.integer(10, 99)}-${id}.jsonl`, text };
}
