import type { RawCall } from "./raw-call.ts";
import { parseTokens } from "./values.ts";

/**
 * Decides what the counts of a log mean; nothing else does. Input includes what was read from and written to a prompt cache.
 *
 * `areAdjusted` is true if the log's own input turned out to leave out the cached tokens and they were added.
 *
 * @throws Error naming the count that is none
 */
export function readTokens(raw: RawCall) {
	const cacheReadTokens = parseTokens("cache_read_tokens", raw.cacheReadTokens);
	const cacheWriteTokens = readCacheWrites(raw);
	const cached = (cacheReadTokens ?? 0) + (cacheWriteTokens ?? 0);
	const given = parseTokens("input_tokens", raw.inputTokens);
	const uncached = parseTokens("input_tokens", raw.uncachedTokens);
	// A log that counts fewer tokens in than were cached leaves the cached ones out, as Anthropic does.
	const areAdjusted = given !== null && cached > 0 && (cached > given || given === uncached);
	const inputTokens = areAdjusted ? given + cached : (given ?? (uncached === null ? null : uncached + cached));
	const outputTokens = parseTokens("output_tokens", raw.outputTokens);
	const total = parseTokens("total_tokens", raw.totalTokens);
	const sum = inputTokens === null || outputTokens === null ? null : inputTokens + outputTokens;
	const tokens = {
		inputTokens,
		outputTokens,
		totalTokens: areAdjusted ? sum : (total ?? sum),
		cacheReadTokens,
		cacheWriteTokens,
		reasoningTokens: parseTokens("reasoning_tokens", raw.reasoningTokens),
	};
	return { tokens, areAdjusted };
}

/** All of them, or their parts by how long they are kept. */
function readCacheWrites({ cacheWriteTokens, cacheWrite5mTokens, cacheWrite1hTokens }: RawCall): number | null {
	const all = parseTokens("cache_write_tokens", cacheWriteTokens);
	if (all !== null) return all;
	const short = parseTokens("cache_write_5m_tokens", cacheWrite5mTokens);
	const long = parseTokens("cache_write_1h_tokens", cacheWrite1hTokens);
	return short === null && long === null ? null : (short ?? 0) + (long ?? 0);
}
