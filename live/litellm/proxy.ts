import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Installation } from "./installation.ts";

/** A running LiteLLM proxy. */
export interface LiveProxy extends AsyncDisposable {
	readonly url: string;
	readonly key: string;
}

const startsWithinMs = 180_000;

/** Starts the proxy on a free port; with a database if it is given one. Its own output goes to a file beside the logs. */
export async function startProxy(
	{ program }: Installation,
	{ logs, databaseUrl }: { logs: string; databaseUrl: string | undefined },
): Promise<LiveProxy> {
	const [port, key] = [await freePort(), "sk-tidemark-live"];
	const { DATABASE_URL, ...environment } = process.env;
	const child = spawn(
		program("litellm"),
		["--config", join(import.meta.dirname, "config.yaml"), "--host", "127.0.0.1", "--port", String(port)],
		{
			env: {
				...environment,
				PATH: `${join(program("python"), "..")}:${environment.PATH}`,
				TIDEMARK_LIVE_LOGS: logs,
				LITELLM_MASTER_KEY: key,
				LITELLM_LOCAL_MODEL_COST_MAP: "True",
				NO_DOCS: "True",
				...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }),
			},
			stdio: ["ignore", "pipe", "pipe"],
		},
	);
	const output = createWriteStream(join(logs, "proxy.log"));
	child.stdout.pipe(output);
	child.stderr.pipe(output);
	const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
	const url = `http://127.0.0.1:${port}`;
	const proxy = {
		url,
		key,
		async [Symbol.asyncDispose]() {
			child.kill("SIGTERM");
			await Promise.race([ended, sleep(10_000, undefined, { ref: false }).then(() => child.kill("SIGKILL"))]);
		},
	};
	for (const until = Date.now() + startsWithinMs; Date.now() < until; await sleep(500)) {
		if (child.exitCode !== null) throw new Error(`The proxy ended at once; see ${join(logs, "proxy.log")}.`);
		const answer = await fetch(`${url}/health/liveliness`).catch(() => undefined);
		if (answer?.ok) return proxy;
	}
	await proxy[Symbol.asyncDispose]();
	throw new Error(`The proxy did not start; see ${join(logs, "proxy.log")}.`);
}

async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const address = server.address();
	await new Promise((resolve) => server.close(resolve));
	return typeof address === "object" && address !== null ? address.port : 0;
}
