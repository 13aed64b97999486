import { setting } from "@tidemark/core";
import { z } from "zod";

export const agentsSettings = z.object({
	paths: setting(z.array(z.string()).default([]), {
		env: "AGENTS_LOG_PATH",
		flag: "path",
		value: "<file>",
		words:
			"Session logs of Claude Code (~/.claude/projects) and Codex (~/.codex/sessions), or what `ccusage --json` printed; files, folders, globs. Nothing is read unless it is set.",
		positional: true,
		many: true,
	}),
});

export type AgentsConfig = z.infer<typeof agentsSettings>;
