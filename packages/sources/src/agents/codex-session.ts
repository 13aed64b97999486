import type { RawCall } from "@tidemark/calls";
import { z } from "zod";
import { definedOnly, findText, findValue, type JsonObject, toObject, toText } from "../json/json-object.ts";
import type { FindRepository } from "./find-repository.ts";

/** What earlier lines of a Codex session say about the later ones. */
export const codexState = z.object({
	/** What is known so far. */
	known: z.object({
		sessionId: z.string().optional(),
		provider: z.string().optional(),
		model: z.string().optional(),
		repository: z.string().optional(),
		branch: z.string().optional(),
	}),
	/** Tokens of the session so far. */
	total: z.record(z.string(), z.number()),
});

type CodexState = z.infer<typeof codexState>;
type Totals = CodexState["total"];

/** Reads a Codex session line by line: early lines name session, model and folder of the counts that follow. */
export class CodexSession {
	#known: CodexState["known"];
	#total: Totals;
	readonly #findRepository: FindRepository;

	/** @param sessionId from the file's name */
	constructor(state: CodexState | undefined, sessionId: string | undefined, findRepository: FindRepository) {
		this.#known = state?.known ?? definedOnly({ sessionId });
		this.#total = state?.total ?? {};
		this.#findRepository = findRepository;
	}

	state(): CodexState {
		return { known: this.#known, total: this.#total };
	}

	/** The call whose tokens a line counts; undefined for every other line. */
	take(line: JsonObject): RawCall | undefined {
		const payload = toObject(line.payload) ?? {};
		if (line.type === "event_msg") return this.#readCall(line, payload);
		if (line.type === "session_meta" || line.type === "turn_context") this.#learn(payload, line.type);
		return undefined;
	}

	#learn(payload: JsonObject, type: "session_meta" | "turn_context"): void {
		const before = this.#known;
		const address = findText(payload, "git.repository_url");
		this.#known = definedOnly({
			sessionId: (type === "session_meta" ? toText(payload.id) : undefined) ?? before.sessionId,
			provider: toText(payload.model_provider) ?? before.provider,
			model: toText(payload.model) ?? before.model,
			// A turn repeats the folder only.
			repository: address ?? before.repository ?? this.#findRepository(toText(payload.cwd)),
			branch: findText(payload, "git.branch") ?? before.branch,
		});
	}

	#readCall(line: JsonObject, payload: JsonObject): RawCall | undefined {
		if (payload.type !== "token_count") return undefined;
		const total = readTotals(findValue(payload, "info.total_token_usage"));
		const before = this.#total;
		// The same count is repeated, also when only the limits of the account have changed.
		if (total && total.total_tokens === before.total_tokens) return undefined;
		const usage = toObject(findValue(payload, "info.last_token_usage")) ?? (total && subtract(total, before));
		if (!usage) return undefined;
		this.#total = total ?? {};
		const { sessionId, provider = "openai", model, repository, branch } = this.#known;
		const timestamp = toText(line.timestamp);
		return {
			id: ["codex", sessionId, timestamp, total?.total_tokens].filter((part) => part !== undefined).join(":"),
			timestamp,
			sessionId,
			provider,
			model,
			operation: "chat",
			inputTokens: toText(usage.input_tokens),
			outputTokens: toText(usage.output_tokens),
			totalTokens: toText(usage.total_tokens),
			cacheReadTokens: toText(usage.cached_input_tokens),
			reasoningTokens: toText(usage.reasoning_output_tokens),
			success: "true",
			repository,
			metadata: { agent: "codex", branch },
		};
	}
}

function readTotals(value: unknown): Totals | undefined {
	const entries = Object.entries(toObject(value) ?? {});
	const figures = entries.flatMap(([name, figure]) => (typeof figure === "number" ? [[name, figure] as const] : []));
	return figures.length > 0 ? Object.fromEntries(figures) : undefined;
}

function subtract(total: Totals, before: Totals): Totals {
	return Object.fromEntries(Object.entries(total).map(([name, figure]) => [name, figure - (before[name] ?? 0)]));
}
