import { type ChildProcess, spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

// As a loader, not as a command, which would put a process of its own between us and ours.
const tsx = import.meta.resolve("tsx");
const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));

export interface Call {
	readonly args: readonly string[];
	/** The folder the command is typed in. */
	readonly cwd: string;
	readonly environment?: Readonly<Record<string, string>>;
	/** Default: the Node of the tests. */
	readonly node?: string;
	readonly nodeFlags?: readonly string[];
	/** A program and its arguments that start Node, such as `unshare`. */
	readonly wrapper?: readonly string[];
}

/** Starts `pnpm telemetry …` as a process, in an environment of its own. */
export function startTelemetry({
	args,
	cwd,
	environment = {},
	node = process.execPath,
	nodeFlags = [],
	wrapper = [],
}: Call): ChildProcess {
	const inherited = { PATH: process.env.PATH, HOME: process.env.HOME, NO_COLOR: "1", COLUMNS: "100" };
	const [program = node, ...rest] = [...wrapper, node, "--import", tsx, ...nodeFlags, main, ...args];
	return spawn(program, rest, { cwd, env: { ...inherited, ...environment } });
}

export interface Answer {
	readonly code: number | null;
	readonly out: string;
	readonly err: string;
}

/** Runs it to its end; `input` is its standard input. */
export async function telemetry(call: Call & { readonly input?: string }): Promise<Answer> {
	const child = startTelemetry(call);
	child.stdin?.end(call.input ?? "");
	return waitForAnswer(child);
}

export async function waitForAnswer(child: ChildProcess): Promise<Answer> {
	const { stdout, stderr } = child;
	if (!stdout || !stderr) throw new Error("The process has no output.");
	const code = new Promise<number | null>((resolve) => child.once("close", resolve));
	const [out, err] = await Promise.all([text(stdout), text(stderr)]);
	return { code: await code, out, err };
}
