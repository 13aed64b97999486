import { sql } from "drizzle-orm";
import {
	bigint,
	boolean,
	doublePrecision,
	index,
	integer,
	jsonb,
	numeric,
	pgTable,
	primaryKey,
	text,
} from "drizzle-orm/pg-core";
import { rulesOf } from "./rules.ts";
import { instant, stamps } from "./stamps.ts";

const tokens = () => bigint({ mode: "number" });
const usd = () => numeric({ precision: 14, scale: 9 });

/** One call to a model, from whichever source saw it. `input_tokens` includes what was read from and written to a prompt cache. */
export const llmCalls = pgTable(
	"llm_calls",
	{
		timestamp: instant().notNull(),
		source: text().notNull(),
		sourceId: text().notNull(),
		traceId: text(),
		sessionId: text(),
		phase: text(),
		promptName: text(),
		provider: text(),
		model: text(),
		operation: text(),
		inputTokens: tokens(),
		outputTokens: tokens(),
		totalTokens: tokens(),
		cacheReadTokens: tokens(),
		cacheWriteTokens: tokens(),
		reasoningTokens: tokens(),
		estimatedCost: usd(),
		reportedCost: usd(),
		priceVersion: text(),
		success: boolean(),
		httpStatus: integer(),
		errorType: text(),
		errorMessage: text(),
		durationMs: doublePrecision(),
		ttftMs: doublePrecision(),
		gatewayCacheHit: boolean(),
		developer: text(),
		repository: text(),
		notes: text(),
		accepted: boolean(),
		acceptedLines: integer(),
		diffRatio: doublePrecision(),
		metadata: jsonb(),
		...stamps(),
	},
	(table) => [
		primaryKey({ name: "llm_calls_identity", columns: [table.timestamp, table.source, table.sourceId] }),
		// For sources whose calls come with moving times; a usage file is too large for it and has no need.
		index("llm_calls_by_source_id").on(table.source, table.sourceId).where(sql`source <> 'csv'`),
	],
);

export const llmCallRules = rulesOf(llmCalls, {
	time: "timestamp",
	keep: ["reportedCost"],
	moves: ["source", "sourceId"],
});
