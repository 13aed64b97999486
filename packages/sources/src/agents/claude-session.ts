import type { RawCall } from "@tidemark/calls";
import { z } from "zod";
import { findText, type JsonObject, toObject, toText } from "../json/json-object.ts";
import type { FindRepository } from "./find-repository.ts";

/** Message, request and tokens of the latest messages. */
export const messagesState = z.array(z.tuple([z.string(), z.string(), z.number()]));

type MessagesState = z.infer<typeof messagesState>;

const maxRemembered = 10_000;
const maxInCursor = 32;

/**
 * Reads a Claude Code session line by line. One message stands in several lines, one for each block of its content,
 * while its count of tokens grows: the line with the most counts. A side conversation repeats messages of the main one
 * under other requests; those do not count at all.
 */
export class ClaudeSession {
	readonly #seen: Map<string, { readonly requestId: string; readonly tokens: number }>;
	readonly #findRepository: FindRepository;

	constructor(state: MessagesState = [], findRepository: FindRepository) {
		this.#seen = new Map(state.map(([id, requestId, tokens]) => [id, { requestId, tokens }]));
		this.#findRepository = findRepository;
	}

	state(): MessagesState {
		return [...this.#seen].slice(-maxInCursor).map(([id, { requestId, tokens }]) => [id, requestId, tokens]);
	}

	/** The call that a line is about; undefined for every other line. */
	take(line: JsonObject): RawCall | undefined {
		const message = toObject(line.message);
		const messageId = toText(message?.id);
		const model = toText(message?.model);
		// Claude Code writes messages of its own, above all of errors, under this name.
		if (!message || messageId === undefined || model === "<synthetic>") return undefined;
		const usage = toObject(message.usage) ?? {};
		const counts = {
			uncachedTokens: toText(usage.input_tokens),
			outputTokens: toText(usage.output_tokens),
			cacheReadTokens: toText(usage.cache_read_input_tokens),
			cacheWriteTokens: toText(usage.cache_creation_input_tokens),
			cacheWrite5mTokens: findText(usage, "cache_creation.ephemeral_5m_input_tokens"),
			cacheWrite1hTokens: findText(usage, "cache_creation.ephemeral_1h_input_tokens"),
		};
		const { uncachedTokens, outputTokens, cacheReadTokens, cacheWriteTokens } = counts;
		const writes = cacheWriteTokens ? [cacheWriteTokens] : [counts.cacheWrite5mTokens, counts.cacheWrite1hTokens];
		const id = this.#identify(line, messageId, sum(uncachedTokens, outputTokens, cacheReadTokens, ...writes));
		if (id === undefined) return undefined;
		return {
			...counts,
			id,
			timestamp: toText(line.timestamp),
			sessionId: toText(line.sessionId),
			provider: "anthropic",
			model,
			operation: "chat",
			reportedCost: toText(line.costUSD),
			success: String(line.isApiErrorMessage !== true),
			// Outside a repository the branch is there and empty.
			repository: line.gitBranch === "" ? undefined : this.#findRepository(toText(line.cwd)),
			metadata: { agent: "claude-code", branch: toText(line.gitBranch) },
		};
	}

	/** Undefined for a line that adds nothing to what was read of its message. */
	#identify(line: JsonObject, messageId: string, tokens: number): string | undefined {
		const requestId = toText(line.requestId) ?? "";
		const first = this.#seen.get(messageId);
		const isOther = first !== undefined && first.requestId !== requestId;
		if (isOther && line.isSidechain === true) return undefined;
		// No two messages share an id, unless a gateway invents its own; then the request distinguishes them.
		const id = isOther ? `${messageId}:${requestId}` : messageId;
		const best = this.#seen.get(id);
		if (best && best.tokens >= tokens) return undefined;
		this.#seen.delete(id);
		this.#seen.set(id, { requestId, tokens });
		const [oldest] = this.#seen.keys();
		if (oldest !== undefined && this.#seen.size > maxRemembered) this.#seen.delete(oldest);
		return id;
	}
}

function sum(...counts: readonly (string | undefined)[]): number {
	return counts.reduce((total, count) => total + (Number(count) || 0), 0);
}
