import type { Context, Source } from "@tidemark/core";
import { resolveJsonPaths } from "../json/json-paths.ts";
import { readJsonFile } from "../json/read-json-file.ts";
import { type Call, callParser } from "../llm-call/call-parser.ts";
import { rowsOfCall } from "../llm-call/rows-of-call.ts";
import { type AgentsCursor, agentsCursor } from "./cursor.ts";
import { SessionLog } from "./session-log.ts";
import { type AgentsConfig, agentsSettings } from "./settings.ts";

/** Calls of coding agents, from their own session logs. One message comes in several lines with moving times. */
export const agents: Source<AgentsConfig, AgentsCursor, Call> = {
	name: "agents",
	idle: "name the logs: pnpm telemetry ingest agents ~/.claude/projects (AGENTS_LOG_PATH)",
	config: agentsSettings,
	cursor: agentsCursor,
	entry: callParser,
	keepsTimes: true,
	async *targets({ config }: Context<AgentsConfig>) {
		for (const name of await resolveJsonPaths(config.paths)) yield { name };
	},
	async *read({ name }, from, context) {
		let log = new SessionLog(name, undefined);
		const pages = readJsonFile(name, from, context, (isResumed) => {
			log = new SessionLog(name, isResumed ? from : undefined);
			return (value, at) => log.items(value, at);
		});
		for await (const { items, cursor } of pages) {
			yield { items, ...(cursor && { cursor: { ...cursor, ...log.state() } }) };
		}
	},
	rows: (call) => rowsOfCall("agents", call),
};
