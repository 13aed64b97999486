import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

export interface Measured {
	readonly seconds: number;
	/** The most memory the process ever held; undefined if the program does not know. */
	readonly peakMegabytes: number | undefined;
	readonly out: string;
}

const peakMemory = new URL("peak-memory.mjs", import.meta.url).href;
const root = new URL("../", import.meta.url);

/** Runs `pnpm telemetry …` less pnpm, and measures the whole process. */
export async function measureTelemetry(
	args: readonly string[],
	environment: Readonly<Record<string, string>>,
	cwd: string,
): Promise<Measured> {
	const { scripts }: { scripts: { telemetry: string } } = JSON.parse(
		await readFile(new URL("package.json", root), "utf8"),
	);
	// `node <flags> --import tsx packages/cli/src/main.ts`, from wherever it is called.
	const words = scripts.telemetry.split(" ").slice(1, -1);
	const flags = words.map((word) => (word === "tsx" ? import.meta.resolve("tsx") : word));
	const main = fileURLToPath(new URL("packages/cli/src/main.ts", root));
	return measureProcess(process.execPath, ["--import", peakMemory, ...flags, main, ...args], environment, cwd);
}

/** @throws Error with what it printed, where the process fails */
export async function measureProcess(
	command: string,
	args: readonly string[],
	environment: Readonly<Record<string, string>>,
	cwd: string,
): Promise<Measured> {
	const started = performance.now();
	const child = spawn(command, args, { cwd, env: { ...process.env, ...environment } });
	const closed = new Promise<number | null>((resolve) => child.once("close", resolve));
	const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
	const seconds = (performance.now() - started) / 1000;
	if (code !== 0) throw new Error(`${command} ended with ${code}: ${err}`);
	const peak = /^peak memory: (\d+)$/m.exec(err)?.[1];
	return { seconds, peakMegabytes: peak === undefined ? undefined : Number(peak) / 1024, out };
}

/** What the first target took by `ingest --json`, which leaves out the start of the process. @throws Error if it says nothing */
export function readIngestSeconds(out: string): number {
	const { sources }: { sources: { targets: { elapsed_ms?: number }[] }[] } = JSON.parse(out);
	const elapsed = sources[0]?.targets[0]?.elapsed_ms;
	if (elapsed === undefined) throw new Error(`No elapsed_ms of a target in: ${out}`);
	return elapsed / 1000;
}
