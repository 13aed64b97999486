import type { Terminal } from "./terminal.ts";

/** One verb of the command line. */
export interface Command {
	/** Printed by --help. */
	help(): string | Promise<string>;
	/** @returns the exit code: 0 all well, 1 something failed, 2 usage, 75 partial or locked, 130 after Ctrl-C */
	run(args: readonly string[], shell: Shell): Promise<number>;
}

/** What a command has of the world around it. */
export interface Shell {
	readonly environment: Readonly<Record<string, string | undefined>>;
	readonly terminal: Terminal;
	/** Aborted by Ctrl-C: the page in flight is finished first. */
	readonly interrupt: AbortSignal;
}

export const exitCode = { ok: 0, failed: 1, usage: 2, unfinished: 75, interrupted: 130 } as const;
