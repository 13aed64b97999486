import { firstText, type JsonObject, objectOf, textOf } from "../json/json-object.ts";
import type { RawCall } from "../llm-call/raw-call.ts";
import { sumOf } from "../llm-call/sum-of.ts";
import { wordsOf } from "../llm-call/words-of.ts";
import type { Messages } from "./messages.ts";
import type { RepositoryOf } from "./repository-of.ts";

/**
 * The call that a line of a Claude Code session tells of; undefined for every other line. Its input leaves out what went
 * through the prompt cache; here it is included.
 */
export function callOfClaudeLine(
	line: JsonObject,
	messages: Messages,
	repositoryOf: RepositoryOf,
): RawCall | undefined {
	const message = objectOf(line.message);
	const messageId = textOf(message?.id);
	const model = textOf(message?.model);
	// Claude Code writes messages of its own, above all of errors, under this name.
	if (!message || messageId === undefined || model === "<synthetic>") return undefined;
	const usage = objectOf(message.usage) ?? {};
	const cacheReadTokens = textOf(usage.cache_read_input_tokens);
	const cacheWriteTokens = textOf(usage.cache_creation_input_tokens) ?? splitWrites(usage);
	const inputTokens = sumOf(usage.input_tokens, cacheReadTokens, cacheWriteTokens);
	const outputTokens = textOf(usage.output_tokens);
	const id = messages.take({
		messageId,
		requestId: textOf(line.requestId) ?? "",
		isSidechain: line.isSidechain === true,
		tokens: Number(sumOf(inputTokens, outputTokens)) || 0,
	});
	if (id === undefined) return undefined;
	return {
		id,
		timestamp: textOf(line.timestamp),
		sessionId: textOf(line.sessionId),
		provider: "anthropic",
		model,
		operation: "chat",
		inputTokens,
		outputTokens,
		cacheReadTokens,
		cacheWriteTokens,
		reportedCost: textOf(line.costUSD),
		success: String(line.isApiErrorMessage !== true),
		// Outside a repository the branch is there and empty.
		repository: line.gitBranch === "" ? undefined : repositoryOf(textOf(line.cwd)),
		metadata: wordsOf({ agent: "claude-code", branch: textOf(line.gitBranch) }),
	};
}

/** Only by how long they are kept. */
function splitWrites(usage: JsonObject): string | undefined {
	return sumOf(
		firstText(usage, "cache_creation.ephemeral_5m_input_tokens"),
		firstText(usage, "cache_creation.ephemeral_1h_input_tokens"),
	);
}
