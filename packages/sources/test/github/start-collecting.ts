import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import type { SimulatedGithub } from "@tidemark/world/github";
import { onTestFinished } from "vitest";

export interface CollectingProcess {
	readonly child: ChildProcess;
	/** How each target ended, a line for each; empty if the process was killed. */
	readonly ended: Promise<{ readonly outcomes: readonly string[]; readonly errors: string }>;
}

/** Starts a process that collects everything of a simulated GitHub into a PostgreSQL database; it never outlives the test. */
export function startCollecting(databaseUrl: string, { url }: Pick<SimulatedGithub, "url">): CollectingProcess {
	const script = fileURLToPath(new URL("./collect.ts", import.meta.url));
	// Node strips types by itself, and starts faster than through a loader.
	const child = spawn(process.execPath, [script, databaseUrl, url], { stdio: ["ignore", "pipe", "pipe"] });
	onTestFinished(() => {
		child.kill("SIGKILL");
	});
	const said = Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
	return {
		child,
		ended: said.then(([out, errors]) => ({ outcomes: out.split("\n").filter(Boolean), errors })),
	};
}
