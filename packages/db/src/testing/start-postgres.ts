import { type ChildProcess, execFile, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { promisify } from "node:util";
import postgres from "postgres";
import { TelemetryError } from "../errors.ts";
import type { PostgresPrograms } from "./find-postgres.ts";
import { freePort } from "./free-port.ts";
import { removeWithThisProcess } from "./remove-with-this-process.ts";
import { isOpenToAll, type ServerOwner, serverOwner, temporaryRoot } from "./server-owner.ts";

export interface StartOptions {
	/** Flush to disk as a real server does. Tests need not; benchmarks do. */
	readonly durable?: boolean;
}

/** A server of our own. */
export interface RunningPostgres {
	readonly url: string;
	readonly pid: number;
	/** Everything the server keeps; gone after `stop`. */
	readonly directory: string;
	stop(): Promise<void>;
}

const startsWithinMs = 60_000;
const notDurable = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"];

/** Starts an empty PostgreSQL on a free port of the loopback interface. It never outlives this process. */
export async function startPostgres(
	programs: PostgresPrograms,
	{ durable = false }: StartOptions = {},
): Promise<RunningPostgres> {
	const owner = serverOwner();
	const directory = mkdtempSync(join(temporaryRoot(owner), "tidemark-postgres-"));
	const unwatch = removeWithThisProcess(directory);
	let server: ChildProcess | undefined;
	const stop = async () => {
		if (server) await ended(server);
		rmSync(directory, { recursive: true, force: true });
		unwatch();
	};
	try {
		const binaries = reachableBy(owner, programs, directory);
		if (owner) execFileSync("chown", ["-R", `${owner.uid}:${owner.gid}`, directory]);
		await initialize(binaries, directory, owner);
		const port = await freePort();
		const url = `postgresql://postgres@127.0.0.1:${port}/postgres`;
		server = launch(binaries, directory, owner, ["-c", `port=${port}`, ...(durable ? [] : notDurable)]);
		await answers(url, server, directory);
		return { url, pid: server.pid ?? 0, directory, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

/** A directory from which the owner can run the programs: in place, or a copy if they lie in another user's private folder. */
function reachableBy(owner: ServerOwner | undefined, { directory, portable }: PostgresPrograms, home: string): string {
	if (!owner || !portable || isOpenToAll(join(directory, "postgres"))) return directory;
	// Links stay relative, so that the copied libraries are found and not the originals.
	cpSync(dirname(directory), join(home, "programs"), { recursive: true, verbatimSymlinks: true });
	return join(home, "programs", "bin");
}

async function initialize(binaries: string, directory: string, owner: ServerOwner | undefined): Promise<void> {
	const settings = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"];
	await promisify(execFile)(join(binaries, "initdb"), ["-D", join(directory, "data"), ...settings], {
		cwd: directory,
		...owner,
	}).catch((cause) => {
		throw new TelemetryError(`initdb in ${binaries} failed: ${cause.stderr || cause.message}`, {
			fix: "Set TEST_DATABASE_URL to a server that runs already.",
			cause,
		});
	});
}

function launch(binaries: string, directory: string, owner: ServerOwner | undefined, settings: string[]): ChildProcess {
	const log = openSync(join(directory, "log"), "a");
	const here = ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="];
	const server = spawn(join(binaries, "postgres"), ["-D", join(directory, "data"), ...here, ...settings], {
		cwd: directory,
		stdio: ["ignore", log, log],
		// Ctrl-C is for the tests; they stop the server when they end.
		detached: true,
		...owner,
	});
	server.unref();
	return server;
}

async function answers(url: string, server: ChildProcess, directory: string): Promise<void> {
	const giveUpAt = Date.now() + startsWithinMs;
	for (;;) {
		const sql = postgres(url, { max: 1, connect_timeout: 5, fetch_types: false });
		try {
			await sql`SELECT 1`;
			return;
		} catch (cause) {
			if (server.exitCode !== null || server.signalCode !== null || Date.now() > giveUpAt) {
				throw new TelemetryError(`PostgreSQL does not start: ${readFileSync(join(directory, "log"), "utf8")}`, {
					fix: "Set TEST_DATABASE_URL to a server that runs already.",
					cause,
				});
			}
			await setTimeout(25);
		} finally {
			await sql.end({ timeout: 0 });
		}
	}
}

async function ended(server: ChildProcess): Promise<void> {
	if (server.exitCode !== null || server.signalCode !== null) return;
	const exit = once(server, "exit");
	server.ref();
	// SIGINT is PostgreSQL's fast shutdown: it ends sessions instead of waiting for them.
	server.kill("SIGINT");
	await exit;
}
