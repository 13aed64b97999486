import { type Call, callItem, makeCallKind, type RawCall } from "@tidemark/calls";
import { type Context, type Item, resolvePaths, type Source, setting } from "@tidemark/core";
import { z } from "zod";
import { type JsonObject, toObject } from "../json/json-object.ts";
import { jsonCursor, jsonFiles, readJsonFile } from "../json/read-json-file.ts";
import { isCcusageReport, readCcusageReport } from "./ccusage-report.ts";
import { ClaudeSession, messagesState } from "./claude-session.ts";
import { CodexSession, codexState } from "./codex-session.ts";
import { createRepositoryFinder } from "./find-repository.ts";

const agentsSettings = z.object({
	paths: setting(z.array(z.string()).default([]), {
		env: "AGENTS_LOG_PATH",
		flag: "path <file>",
		words:
			"Session logs of Claude Code (~/.claude/projects) and Codex (~/.codex/sessions), or what `ccusage --json` printed; files, folders, globs. Nothing is read unless it is set.",
		positional: true,
		many: true,
	}),
});

/** What the next lines of a session log have to know of those before. */
const sessionState = z.object({ messages: messagesState, codex: codexState });

type SessionState = z.infer<typeof sessionState>;

const agentsCursor = jsonCursor.extend(sessionState.shape);

/** Calls of coding agents, from their own session logs. One message comes in several lines with moving times. */
export const agents: Source<z.infer<typeof agentsSettings>, z.infer<typeof agentsCursor>, Call> = {
	...makeCallKind("agents"),
	idle: "name the logs: pnpm telemetry ingest agents ~/.claude/projects (AGENTS_LOG_PATH)",
	config: agentsSettings,
	cursor: agentsCursor,
	keepsTimes: true,
	async *targets({ config }: Context<z.infer<typeof agentsSettings>>) {
		for (const name of await resolvePaths(config.paths, jsonFiles)) yield { name };
	},
	read: ({ name }, stored, context) =>
		readJsonFile<SessionState>(name, stored, context, (from) => readSessionLog(name, from)),
};

/** Reads the values of one file, whichever agent wrote it. */
function readSessionLog(path: string, from: SessionState | undefined) {
	// Codex names its files after their sessions: rollout-2026-07-25T12-00-00-<uuid>.jsonl
	const [sessionId] = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/i.exec(path.split("/").at(-1) ?? "") ?? [];
	const findRepository = createRepositoryFinder();
	const claude = new ClaudeSession(from?.messages, findRepository);
	const codex = new CodexSession(from?.codex, sessionId, findRepository);
	return {
		state: () => ({ messages: claude.state(), codex: codex.state() }),
		toItems(value: unknown, at: string): Item[] {
			const line = toObject(value);
			const calls = line && readCalls(line);
			if (!calls) return [{ at, spoilt: "not a line of Claude Code or Codex, and not a report of ccusage" }];
			return calls.map((call, index) => callItem(call, calls.length > 1 ? `${at}[${index}]` : at));
		},
	};

	/** Undefined for what none of them writes. Most lines of a session are about no call. */
	function readCalls(line: JsonObject): RawCall[] | undefined {
		if (isCcusageReport(line)) return readCcusageReport(line);
		if (typeof line.type !== "string") return undefined;
		const call = line.type === "assistant" ? claude.take(line) : codex.take(line);
		return call ? [call] : [];
	}
}
