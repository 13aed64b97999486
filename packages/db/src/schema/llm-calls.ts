import { sql } from "drizzle-orm";
import { index } from "drizzle-orm/pg-core";
import { bigint, boolean, double, factTable, instant, integer, json, text, usd } from "./define.ts";

export const llmCalls = factTable(
	"llm_calls",
	"One call to a model, from any source that saw it: `csv`, `portkey`, `litellm`, `agents`, `otlp`. What a source does not say is null.",
	{
		timestamp: instant("When the call was made.").notNull(),
		source: text("The source that saw it: `csv`, `portkey`, `litellm`.").notNull(),
		sourceId: text("The call's identity in its source; for a usage row a hash of its cells and an ordinal.").notNull(),
		traceId: text("Calls of one trace share it."),
		sessionId: text("Calls of one session or conversation share it."),
		phase: text('The phase of work. Read from the notes ("Phase 5 …") if no column has it.'),
		promptName: text("The prompt template or kind of task."),
		provider: text("The company that runs the model: `openai`, `anthropic`, `azure`."),
		model: text("The model as it was called; null if it is not known."),
		operation: text("The kind of call in the words of its source: `chat`, `acompletion`, `embeddings`."),
		inputTokens: bigint("Tokens in, with those read from and written to a prompt cache."),
		outputTokens: bigint("Tokens out, with those of reasoning."),
		totalTokens: bigint("As the source says; else the sum of input and output."),
		cacheReadTokens: bigint("Input tokens that were read from a prompt cache."),
		cacheWriteTokens: bigint("Input tokens that were written to a prompt cache."),
		reasoningTokens: bigint("Output tokens of reasoning."),
		estimatedCost: usd("US dollars by the list price of that day; null if model or tokens are not known."),
		reportedCost: usd("US dollars as reported by the party that bills the call."),
		priceVersion: text("The price list behind `estimated_cost`."),
		success: boolean("Whether it succeeded."),
		httpStatus: integer("The HTTP status of the answer, if the source has it; LiteLLM has it only for failures."),
		errorType: text("The kind of error: `RateLimitError`."),
		errorMessage: text("What went wrong."),
		durationMs: double("Milliseconds from the request to the end of the answer."),
		ttftMs: double("Milliseconds to the first token."),
		gatewayCacheHit: boolean("True if a gateway answered from its own cache; not the provider's prompt cache."),
		developer: text("The person or account that made the call."),
		repository: text("`owner/name` it was made for."),
		notes: text("Free text."),
		accepted: boolean("Whether the result was accepted."),
		acceptedLines: integer("Lines that were accepted."),
		diffRatio: double("Share of the result that was kept, 0 to 1."),
		metadata: json(
			"What else the source says, as JSON: `team`, `agent`, `branch`; `tokens_adjusted` if cached tokens were added to the input, `sum_of` if the row sums up a `day`; `cost` and `cost_unit` if the unit of a cost is not known.",
		),
	},
	{
		key: ["timestamp", "source", "sourceId"],
		time: "timestamp",
		keep: ["reportedCost"],
		moves: ["source", "sourceId"],
	},
	({ source, sourceId }) => [
		// For sources whose calls come with moving times; a usage file is too large for it and has no need.
		index("llm_calls_by_source_id").on(source, sourceId).where(sql`source <> 'csv'`),
	],
);

export const promptInstances = factTable(
	"prompt_instances",
	"One prompt that a gateway logged, beside its row in `llm_calls`. `portkey` fills it.",
	{
		createdAt: instant("When it was logged.").notNull(),
		source: text("The source that saw it: `portkey`.").notNull(),
		promptId: text("Its identity in that source; for PortKey the log's id.").notNull(),
		originalText: text("The last message of the user; null unless PORTKEY_STORE_PROMPTS asks for texts."),
		metadata: json(
			"What else the log says, as JSON: `trace_id`, `ai_model`, `cost` as it came, `latency_ms`, `status`, `metadata`.",
		),
	},
	// Led by the time, which never moves: new rows go to the end of the index, and `prune` finds the old ones.
	{ key: ["createdAt", "source", "promptId"], time: "createdAt" },
);
