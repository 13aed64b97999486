import { firstText, type JsonObject, objectOf, textOf, valueAt } from "../json/json-object.ts";
import type { RawCall } from "../llm-call/raw-call.ts";
import { wordsOf } from "../llm-call/words-of.ts";
import type { CodexState } from "./codex-state.ts";
import type { RepositoryOf } from "./repository-of.ts";

type Totals = CodexState["total"];

/** Reads a Codex session line by line: what comes first tells session, model and folder of the counts that follow. */
export class CodexSession {
	#known: CodexState["known"];
	#total: Totals;
	readonly #repositoryOf: RepositoryOf;

	/** @param sessionId as the file's name tells it */
	constructor(state: CodexState | undefined, sessionId: string | undefined, repositoryOf: RepositoryOf) {
		this.#known = state?.known ?? wordsOf({ sessionId });
		this.#total = state?.total ?? {};
		this.#repositoryOf = repositoryOf;
	}

	state(): CodexState {
		return { known: this.#known, total: this.#total };
	}

	/** The call that a line counts the tokens of; undefined for every other line. */
	take(line: JsonObject): RawCall | undefined {
		const payload = objectOf(line.payload) ?? {};
		if (line.type === "event_msg") return this.#call(line, payload);
		if (line.type === "session_meta" || line.type === "turn_context") this.#learn(payload, line.type);
		return undefined;
	}

	#learn(payload: JsonObject, type: "session_meta" | "turn_context"): void {
		const before = this.#known;
		const address = firstText(payload, "git.repository_url");
		this.#known = wordsOf({
			sessionId: (type === "session_meta" ? textOf(payload.id) : undefined) ?? before.sessionId,
			provider: textOf(payload.model_provider) ?? before.provider,
			model: textOf(payload.model) ?? before.model,
			// A turn repeats the folder only.
			repository: address ?? before.repository ?? this.#repositoryOf(textOf(payload.cwd)),
			branch: firstText(payload, "git.branch") ?? before.branch,
		});
	}

	#call(line: JsonObject, payload: JsonObject): RawCall | undefined {
		if (payload.type !== "token_count") return undefined;
		const total = totalsOf(valueAt(payload, "info.total_token_usage"));
		const before = this.#total;
		// The same count is told several times, also where only the limits of the account have changed.
		if (total && total.total_tokens === before.total_tokens) return undefined;
		const usage = objectOf(valueAt(payload, "info.last_token_usage")) ?? (total && difference(total, before));
		if (!usage) return undefined;
		this.#total = total ?? {};
		const { sessionId, provider = "openai", model, repository, branch } = this.#known;
		const timestamp = textOf(line.timestamp);
		return {
			id: ["codex", sessionId, timestamp, total?.total_tokens].filter((part) => part !== undefined).join(":"),
			timestamp,
			sessionId,
			provider,
			model,
			operation: "chat",
			inputTokens: textOf(usage.input_tokens),
			outputTokens: textOf(usage.output_tokens),
			totalTokens: textOf(usage.total_tokens),
			cacheReadTokens: textOf(usage.cached_input_tokens),
			reasoningTokens: textOf(usage.reasoning_output_tokens),
			success: "true",
			repository,
			metadata: wordsOf({ agent: "codex", branch }),
		};
	}
}

function totalsOf(value: unknown): Totals | undefined {
	const entries = Object.entries(objectOf(value) ?? {});
	const figures = entries.flatMap(([name, figure]) => (typeof figure === "number" ? [[name, figure] as const] : []));
	return figures.length > 0 ? Object.fromEntries(figures) : undefined;
}

function difference(total: Totals, before: Totals): Totals {
	return Object.fromEntries(Object.entries(total).map(([name, figure]) => [name, figure - (before[name] ?? 0)]));
}
