import type { z } from "zod";
import { jsonCursor } from "../json/json-cursor.ts";
import { codexState } from "./codex-state.ts";
import { messagesState } from "./messages.ts";

/** How far a session log was read, with what its next lines have to know of those before. */
export const agentsCursor = jsonCursor.extend({ messages: messagesState, codex: codexState });

export type AgentsCursor = z.infer<typeof agentsCursor>;
