import type { Item } from "@tidemark/core";
import { type JsonObject, objectOf } from "../json/json-object.ts";
import { itemOfCall } from "../llm-call/item-of-call.ts";
import type { RawCall } from "../llm-call/raw-call.ts";
import { callsOfCcusageReport, isCcusageReport } from "./ccusage-report.ts";
import { callOfClaudeLine } from "./claude-line.ts";
import { CodexSession } from "./codex-session.ts";
import type { AgentsCursor } from "./cursor.ts";
import { Messages } from "./messages.ts";
import { type RepositoryOf, repositoryLookup } from "./repository-of.ts";

/** Reads the values of one file, whichever agent wrote it; remembers what later lines have to know of earlier ones. */
export class SessionLog {
	readonly #messages: Messages;
	readonly #codex: CodexSession;
	readonly #repositoryOf: RepositoryOf = repositoryLookup();

	constructor(path: string, from: AgentsCursor | undefined) {
		// Codex names its files after their sessions: rollout-2026-07-25T12-00-00-<uuid>.jsonl
		const [sessionId] = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/i.exec(path.split("/").at(-1) ?? "") ?? [];
		this.#messages = new Messages(from?.messages);
		this.#codex = new CodexSession(from?.codex, sessionId, this.#repositoryOf);
	}

	/** What has to be known before the next value. */
	state(): Pick<AgentsCursor, "messages" | "codex"> {
		return { messages: this.#messages.state(), codex: this.#codex.state() };
	}

	items(value: unknown, at: string): Item[] {
		const line = objectOf(value);
		const calls = line && this.#calls(line);
		if (!calls) return [{ at, spoilt: "not a line of Claude Code or Codex, and not a report of ccusage" }];
		return calls.map((call, index) => itemOfCall(call, calls.length > 1 ? `${at}[${index}]` : at));
	}

	/** Undefined for what none of them writes. Most lines of a session tell of no call. */
	#calls(line: JsonObject): RawCall[] | undefined {
		if (isCcusageReport(line)) return callsOfCcusageReport(line);
		if (typeof line.type !== "string") return undefined;
		const call =
			line.type === "assistant" ? callOfClaudeLine(line, this.#messages, this.#repositoryOf) : this.#codex.take(line);
		return call ? [call] : [];
	}
}
