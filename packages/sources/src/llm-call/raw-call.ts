import { z } from "zod";

const text = z.string().optional();

/**
 * A call as a log tells it, under our names: every figure as the text it was written as, nothing interpreted. Kept whole
 * in a dead letter, so it holds no prompt, answer, header or address.
 */
export const rawCall = z.object({
	id: z.string().min(1),
	timestamp: text,
	/** Points in time like `timestamp`; durations follow from them. */
	endedAt: text,
	firstTokenAt: text,
	durationMs: text,
	ttftMs: text,
	traceId: text,
	sessionId: text,
	phase: text,
	promptName: text,
	provider: text,
	model: text,
	operation: text,
	inputTokens: text,
	outputTokens: text,
	totalTokens: text,
	cacheReadTokens: text,
	cacheWriteTokens: text,
	reasoningTokens: text,
	reportedCost: text,
	success: text,
	httpStatus: text,
	errorType: text,
	errorMessage: text,
	gatewayCacheHit: text,
	developer: text,
	repository: text,
	accepted: text,
	acceptedLines: text,
	diffRatio: text,
	/** What else is worth keeping, under our names. */
	metadata: z.record(z.string(), z.string()).optional(),
	/** What must hold and does not: the reason for which it cannot be stored. */
	refused: text,
});

export type RawCall = z.infer<typeof rawCall>;
