import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

export interface ToyProcess {
	readonly child: ChildProcess;
	/** Resolves when it hands over its first page. */
	readonly begun: Promise<unknown>;
	readonly ended: Promise<{ readonly code: number | null; readonly errors: string }>;
	/** Lets a paced one hand over that many pages. */
	permit(pages: number): void;
}

/** Starts a process that ingests a toy's file; it never outlives the test. */
export function startIngestToy({ url, path, isPaced }: { url: string; path: string; isPaced: boolean }): ToyProcess {
	const script = fileURLToPath(new URL("./ingest-toy.ts", import.meta.url));
	const child = spawn(process.execPath, ["--import", "tsx", script, url, path, isPaced ? "paced" : ""], {
		cwd: import.meta.dirname,
		stdio: "pipe",
	});
	onTestFinished(() => {
		child.kill("SIGKILL");
	});
	child.stdin.on("error", () => undefined);
	const errors = text(child.stderr);
	const exited = once(child, "exit");
	const begun = Promise.race([once(child.stdout, "data"), exited]);
	return {
		child,
		begun,
		ended: exited.then(async ([code]) => ({ code, errors: await errors })),
		permit: (pages) => child.stdin.write("go\n".repeat(pages)),
	};
}
