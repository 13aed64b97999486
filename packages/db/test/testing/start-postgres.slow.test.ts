import { spawn } from "node:child_process";
import { chmodSync, cpSync, existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { openPostgres } from "../../src/postgres.ts";
import { findPostgres, type PostgresPrograms } from "../../src/testing/find-postgres.ts";
import { thisMachine } from "../../src/testing/machine.ts";
import { type RunningPostgres, type StartOptions, startPostgres } from "../../src/testing/start-postgres.ts";
import { temporaryDirectory } from "../../src/testing/temporary-directory.ts";

/** The programs that came with the dependencies: present on every machine, whatever else is installed there. */
function embedded(): PostgresPrograms {
	const { embedded: directory } = thisMachine();
	if (!directory) throw new Error("The optional dependencies are not installed.");
	return { directory, portable: true };
}

async function setting(server: RunningPostgres, name: string): Promise<unknown> {
	const db = await openPostgres(server.url);
	const [row] = await db.query("SELECT current_setting($1) AS value", [name]).finally(() => db.close());
	return row && "value" in row ? row.value : undefined;
}

async function used<Result>(
	programs: PostgresPrograms,
	use: (server: RunningPostgres) => Promise<Result>,
	options?: StartOptions,
): Promise<Result> {
	const server = await startPostgres(programs, options);
	return use(server).finally(server.stop);
}

function runs(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch {
		return false;
	}
}

describe("startPostgres", () => {
	test("starts a server from the programs of the dependencies, and leaves nothing when it is stopped", async () => {
		const server = await used(embedded(), async (running) => {
			expect(await setting(running, "server_version")).toMatch(/^18\./);
			expect(existsSync(running.directory)).toBe(true);
			return running;
		});
		expect(runs(server.pid)).toBe(false);
		expect(existsSync(server.directory)).toBe(false);
	});

	test("starts a server from the best that this machine offers", async () => {
		const programs = findPostgres({ ...thisMachine(), testDatabaseUrl: undefined });
		if (!("directory" in programs)) expect.unreachable();
		const version = await used(programs, (server) => setting(server, "server_version"));
		expect(Number.parseInt(String(version), 10)).toBe(thisMachine().majorVersion(programs.directory));
	});

	test("starts a server from programs in a folder that only this user may enter", async () => {
		const home = temporaryDirectory();
		cpSync(dirname(embedded().directory), join(home, "native"), { recursive: true, verbatimSymlinks: true });
		chmodSync(home, 0o700);
		const programs = { directory: join(home, "native", "bin"), portable: true };
		expect(await used(programs, (server) => setting(server, "data_checksums"))).toBe("on");
	});

	test("flushes to disk only when asked to", async () => {
		const fsync = (server: RunningPostgres) => setting(server, "fsync");
		expect(await used(embedded(), fsync)).toBe("off");
		expect(await used(embedded(), fsync, { durable: true })).toBe("on");
	});

	test("reports the complaints of the programs", async () => {
		const directory = temporaryDirectory();
		await expect(startPostgres({ directory, portable: false })).rejects.toThrow(`initdb in ${directory} failed`);
	});

	test("stops the server when the process that started it is killed", async () => {
		const module = new URL("../../src/testing/start-postgres.ts", import.meta.url);
		const script = `
			import { startPostgres } from ${JSON.stringify(module.href)};
			const server = await startPostgres(${JSON.stringify(embedded())});
			console.log(JSON.stringify(server));
			setInterval(() => {}, 1000);`;
		const starter = spawn(process.execPath, ["--input-type=module-typescript", "-e", script], {
			stdio: ["ignore", "pipe", "inherit"],
		});
		const [printed] = await Array.fromAsync(starter.stdout.setEncoding("utf8").take(1));
		const server: RunningPostgres = JSON.parse(printed);
		expect(runs(server.pid)).toBe(true);
		starter.kill("SIGKILL");
		await vi.waitUntil(() => !runs(server.pid) && !existsSync(server.directory), { timeout: 20_000, interval: 50 });
	});
});
