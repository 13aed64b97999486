import type { Item } from "@tidemark/core";
import { scrubTokens } from "@tidemark/text";

type Text = string | undefined;

/** What a reported cost is counted in. The raw amount is kept as metadata if the unit is unknown. */
export type CostUnit = "usd" | "cents" | "unknown";

/**
 * A call as a log states it, under our names: every figure as the text it was written as, nothing interpreted. Dead
 * letters keep it whole, so it holds no prompt, answer, header or address.
 */
export interface RawCall {
	/** Unique in its source; see identity.ts for records that bring no id. */
	readonly id: string;
	readonly timestamp?: Text;
	/** The time zone of times that name none; UTC by default. */
	readonly zone?: Text;
	/** Points in time like `timestamp`; the durations follow from them. */
	readonly endedAt?: Text;
	readonly firstTokenAt?: Text;
	readonly durationMs?: Text;
	readonly ttftMs?: Text;
	readonly traceId?: Text;
	readonly sessionId?: Text;
	readonly phase?: Text;
	readonly promptName?: Text;
	readonly provider?: Text;
	readonly model?: Text;
	readonly operation?: Text;
	/** As the log counts it: with or without cached tokens. tokens.ts decides. */
	readonly inputTokens?: Text;
	/** Input known to leave out what was read from and written to a prompt cache, as Anthropic counts. */
	readonly uncachedTokens?: Text;
	readonly outputTokens?: Text;
	readonly totalTokens?: Text;
	readonly cacheReadTokens?: Text;
	readonly cacheWriteTokens?: Text;
	/** Cache writes by how long they are kept. They are parts of `cacheWriteTokens`. */
	readonly cacheWrite5mTokens?: Text;
	readonly cacheWrite1hTokens?: Text;
	readonly reasoningTokens?: Text;
	readonly reportedCost?: Text;
	/** US dollars by default. */
	readonly costUnit?: CostUnit | undefined;
	/** An ISO code; US dollars by default. */
	readonly currency?: Text;
	readonly success?: Text;
	readonly httpStatus?: Text;
	readonly errorType?: Text;
	readonly errorMessage?: Text;
	readonly gatewayCacheHit?: Text;
	readonly developer?: Text;
	readonly repository?: Text;
	readonly notes?: Text;
	readonly accepted?: Text;
	readonly acceptedLines?: Text;
	readonly diffRatio?: Text;
	/** What else is worth keeping, under our names; what is undefined is left out. */
	readonly metadata?: Readonly<Record<string, unknown>> | undefined;
	/** Why the call cannot be stored although it can be read. */
	readonly refused?: Text;
}

/**
 * Makes an item of a call. Its error message is scrubbed first, because a dead letter keeps it.
 * @param key names the call if its id may be missing
 */
export function callItem(call: RawCall, at: string, key = call.id): Item {
	const entry =
		call.errorMessage === undefined ? call : { ...call, errorMessage: cleanErrorMessage(call.errorMessage) };
	return { at, entry, key };
}

const maxLength = 300;

/** The first line only, because a traceback and sometimes the request itself follow, without keys and addresses. */
function cleanErrorMessage(text: string): string | undefined {
	const line = text.trimStart().split("\n")[0]?.trim();
	if (!line) return undefined;
	// Cut before as well, so that a message of megabytes costs nothing.
	const scrubbed = scrubTokens(line.slice(0, maxLength * 4));
	return scrubbed.length > maxLength ? `${scrubbed.slice(0, maxLength)}…` : scrubbed;
}
