import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A real LiteLLM in a virtual environment of its own, kept from run to run. */
export interface Installation {
	readonly version: string;
	/** The path of a program of the environment: `litellm`. */
	program(name: string): string;
	/** Undefined if the proxy can use a database; else why it cannot. */
	readonly whyNoDatabase: string | undefined;
}

/** Installs LiteLLM from PyPI, unless it is there. Needs Python 3. */
export async function installLitellm(): Promise<Installation> {
	const cache = process.env.XDG_CACHE_HOME || join(homedir(), ".cache");
	const folder = join(cache, "tidemark-live");
	const program = (name: string) => join(folder, "venv", "bin", name);
	if (!existsSync(program("litellm"))) {
		await mkdir(folder, { recursive: true });
		await run("python3", ["-m", "venv", join(folder, "venv")]);
		await run(program("pip"), ["install", "--quiet", "litellm[proxy]", "prisma"], { maxBuffer: 2 ** 26 });
	}
	const ask = 'import importlib.metadata as m; print(m.version("litellm"))';
	const version = (await run(program("python"), ["-c", ask])).stdout.trim();
	return { version, program, whyNoDatabase: await prepareDatabaseClient(program) };
}

/** LiteLLM speaks to its database by Prisma, whose engine is no part of any package: it is fetched on first use. */
async function prepareDatabaseClient(program: (name: string) => string): Promise<string | undefined> {
	const locate = "import litellm.proxy, os; print(os.path.dirname(litellm.proxy.__file__))";
	const schema = join(
		(await run(program("python"), ["-c", locate])).stdout.trim().split("\n").at(-1) ?? "",
		"schema.prisma",
	);
	const environment = { ...process.env, PATH: `${join(program("python"), "..")}:${process.env.PATH}` };
	try {
		await run(program("prisma"), ["generate", "--schema", schema], { env: environment, timeout: 300_000 });
		return undefined;
	} catch (error) {
		const words = error instanceof Error && "stderr" in error ? `${error.stderr}` : `${error}`;
		return words.split("\n").find((line) => /error/i.test(line)) ?? words.slice(0, 300);
	}
}
