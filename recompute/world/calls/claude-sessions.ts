import type { Random } from "../random.ts";

export interface SessionFile {
	readonly path: string;
	readonly text: string;
}

/**
 * Sessions of Claude Code. A message comes in several lines, a side conversation repeats some, another
 * file holds an early line of some, and an hour's cache, a fast answer and a consulted model have prices of their own.
 */
export function claudeSessions(random: Random, times: readonly number[]): SessionFile[] {
	const files = [0, 1, 2].map((index) => ({ id: sessionId(random), lines: [] as object[], index }));
	const early: object[] = [];
	const side: object[] = [];
	for (const at of times) {
		const { id, lines } = random.pick(files);
		const message = messageOf(random, id, at);
		lines.push({
			type: "user",
			sessionId: id,
			timestamp: message.last.timestamp,
			message: { role: "user", content: "go on" },
		});
		for (let part = random.integer(0, 2); part > 0; part--) lines.push(message.early);
		lines.push(message.last);
		if (random.chance(0.05)) lines.push({ ...message.last, requestId: `req_${random.hex(8)}`, isSidechain: true });
		if (random.chance(0.05)) early.push(message.early);
		if (random.chance(0.05)) side.push({ ...message.early, isSidechain: true });
		if (random.chance(0.02)) lines.push(errorLine(random, id, at));
	}
	const [first] = files;
	first?.lines.splice(3, 0, { type: "summary", summary: "no call" }, { note: "no line of Claude Code" });
	return [
		...files.map(({ id, lines }) => ({ path: `claude/project/${id}.jsonl`, text: jsonLines(lines) })),
		// Read before and after the sessions that they repeat.
		{ path: "claude/a-resumed/early.jsonl", text: jsonLines(early) },
		{ path: "claude/project/subagents/agent-1.jsonl", text: jsonLines(side) },
	];
}

function messageOf(random: Random, sessionId: string, at: number) {
	const model = random.pick(["claude-haiku-4-5-20251001", "claude-opus-4-8"]);
	const [input, output] = [random.integer(1, 900), random.integer(2, 3000)];
	const [read, written] = [random.integer(0, 40_000), random.integer(0, 6000)];
	const hour = random.chance(0.4) ? random.integer(0, written) : 0;
	const usage = {
		input_tokens: input,
		cache_read_input_tokens: read,
		cache_creation_input_tokens: written,
		cache_creation: { ephemeral_5m_input_tokens: written - hour, ephemeral_1h_input_tokens: hour },
		service_tier: "standard",
	};
	const isFast = model === "claude-opus-4-8" && random.chance(0.1);
	const iterations = random.chance(0.03) ? [advisor(random)] : undefined;
	const id = `msg_${random.hex(12)}`;
	const line = (outputTokens: number) => ({
		type: "assistant",
		sessionId,
		requestId: `req_${id}`,
		isSidechain: false,
		timestamp: new Date(Math.floor(at / 1000)).toISOString(),
		message: {
			...{ id, role: "assistant", model },
			usage: {
				...usage,
				output_tokens: outputTokens,
				...(isFast && { speed: "fast" }),
				...(iterations && { iterations }),
			},
		},
	});
	return { early: line(1), last: line(output) };
}

/** A call to another model within the call. */
function advisor(random: Random) {
	return {
		type: "advisor_message",
		model: "claude-opus-4-8",
		...{ input_tokens: random.integer(100, 9000), output_tokens: random.integer(10, 900) },
		...{ cache_read_input_tokens: 0, cache_creation_input_tokens: 0 },
	};
}

/** Claude Code's own message, in place of an answer that failed. */
function errorLine(random: Random, sessionId: string, at: number) {
	return {
		type: "assistant",
		sessionId,
		isApiErrorMessage: true,
		timestamp: new Date(Math.floor(at / 1000) + 1).toISOString(),
		message: {
			...{
				id: random.hex(16),
				role: "assistant",
				model: "<synthetic>",
				content: [{ type: "text", text: "API Error: 529" }],
			},
			usage: { input_tokens: 0, output_tokens: 0, cache_creation_input_tokens: 0, cache_read_input_tokens: 0 },
		},
	};
}

function sessionId(random: Random): string {
	return [8, 4, 4, 4, 12].map((digits) => random.hex(digits)).join("-");
}

function jsonLines(values: readonly object[]): string {
	return values.map((value) => `${JSON.stringify(value)}\n`).join("");
}
