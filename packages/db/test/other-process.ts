import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { onTestFinished } from "vitest";

/** A process beside the tests. It is ended with the test that started it. */
export interface OtherProcess {
	readonly pid: number;
	/** The next line it prints. */
	line(): Promise<string>;
	/** Ends it without giving it a chance to tidy up, and waits until it is gone. */
	kill(): Promise<void>;
	/** Waits for its end; answers its exit code. */
	ended(): Promise<number | null>;
}

/** Runs a TypeScript module in a process of its own; `import { … } from "src/…"` reaches the sources of this package. */
export function otherProcess(script: string): OtherProcess {
	const source = new URL("../src/", import.meta.url).href;
	const child: ChildProcess = spawn(
		process.execPath,
		["--input-type=module-typescript", "-e", script.replaceAll('"src/', `"${source}`)],
		{ stdio: ["ignore", "pipe", "inherit"] },
	);
	const { pid, stdout } = child;
	if (pid === undefined || stdout === null) throw new Error("The process did not start.");
	const lines = createInterface({ input: stdout })[Symbol.asyncIterator]();
	const ended = async () => {
		if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
		return child.exitCode;
	};
	const kill = async () => {
		child.kill("SIGKILL");
		await ended();
	};
	onTestFinished(kill);
	return {
		pid,
		kill,
		ended,
		async line() {
			const { value, done } = await lines.next();
			if (done) throw new Error("The process ended instead of printing a line.");
			return value;
		},
	};
}
