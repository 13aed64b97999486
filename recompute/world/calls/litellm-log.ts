import type { Random } from "../random.ts";
import { durationMs, isoMicroseconds } from "./call-moments.ts";

/** A log of LiteLLM in which three kinds of records take turns, and some calls come twice. */
export function litellmLog(random: Random, times: readonly number[]): string {
	const records: object[] = [];
	for (const at of times) {
		const kind = random.next();
		const record = kind < 0.6 ? payload(random, at) : kind < 0.85 ? spendLog(random, at) : ownRecord(random, at);
		records.push(record);
		// Written twice by a callback that was tried again.
		if (random.chance(0.03)) records.push(record);
	}
	records.splice(4, 0, ...borrowedIds(random, times[1] ?? 0), { note: "no record of LiteLLM" });
	return `${records.map((record) => JSON.stringify(record)).join("\n")}\n`;
}

/** One id that a server made up again and again: three calls, an hour apart. */
function borrowedIds(random: Random, at: number): object[] {
	return [0, 1, 2].map((hour) => ({ ...payload(random, at + hour * 3_600_000_000), id: "chatcmpl-213" }));
}

function usage(random: Random) {
	const [input, output] = [random.integer(50, 30_000), random.integer(1, 3000)];
	const cached = random.chance(0.4) ? random.integer(1, input) : 0;
	return { input, output, details: cached === 0 ? {} : { prompt_tokens_details: { cached_tokens: cached } } };
}

/** A standard logging payload. Some answers come from LiteLLM's own cache, some costs are 0 because no price was found. */
function payload(random: Random, at: number) {
	const { input, output, details } = usage(random);
	const isSuccess = random.chance(0.93);
	const isFromCache = isSuccess && random.chance(0.08);
	const cost = isFromCache || random.chance(0.1) ? 0 : random.integer(1, 900_000) / 1e6;
	const callId = `call-${random.hex(16)}`;
	return {
		id: isFromCache ? `chatcmpl-${random.hex(8)}_cache_hit${Math.floor(at / 1e6)}` : `chatcmpl-${random.hex(16)}`,
		litellm_call_id: callId,
		call_type: "acompletion",
		status: isSuccess ? "success" : "failure",
		startTime: at / 1e6,
		endTime: (at + Math.round(durationMs(random) * 1000)) / 1e6,
		model: random.pick(["openai/gpt-4o", "gpt-4o-2024-08-06", "gpt-5-mini", "house-model"]),
		custom_llm_provider: "openai",
		prompt_tokens: input,
		completion_tokens: output,
		total_tokens: input + output,
		response_cost: isSuccess ? cost : 0,
		cache_hit: isFromCache,
		metadata: {
			user_api_key_user_id: random.pick(["ada", "linus", "grace"]),
			usage_object: { prompt_tokens: input, completion_tokens: output, total_tokens: input + output, ...details },
		},
	};
}

/** A row of the proxy's table. */
function spendLog(random: Random, at: number) {
	const { input, output, details } = usage(random);
	const isSuccess = random.chance(0.93);
	return {
		request_id: `chatcmpl-${random.hex(16)}`,
		call_type: "acompletion",
		status: isSuccess ? "success" : "failure",
		startTime: isoMicroseconds(at),
		endTime: isoMicroseconds(at + Math.round(durationMs(random) * 1000)),
		spend: isSuccess ? random.integer(1, 900_000) / 1e6 : 0,
		model: "gpt-5-mini",
		custom_llm_provider: "openai",
		prompt_tokens: input,
		completion_tokens: output,
		total_tokens: input + output,
		user: random.pick(["ada", "linus"]),
		cache_hit: "False",
		metadata: {
			usage_object: { prompt_tokens: input, completion_tokens: output, total_tokens: input + output, ...details },
		},
	};
}

/** ProdLens's own record of a call. */
function ownRecord(random: Random, at: number) {
	return {
		session_id: `session_${random.hex(6)}`,
		developer_id: random.pick(["ada", "grace"]),
		timestamp: isoMicroseconds(at),
		model: random.pick(["gpt-4o", "gpt-5.2"]),
		tokens_in: random.integer(50, 9000),
		tokens_out: random.integer(1, 3000),
		latency_ms: durationMs(random),
		status_code: random.pick([200, 200, 200, 200, 429, 500]),
		accepted_flag: random.chance(0.5),
		diff_ratio: random.integer(0, 100) / 100,
		accepted_lines: random.integer(0, 80),
	};
}
