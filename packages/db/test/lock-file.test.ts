import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { LockedError } from "../src/errors.ts";
import { holdLockFile } from "../src/lock-file.ts";
import { identifyProcess, type ProcessIdentity } from "../src/process-identity.ts";
import { temporaryDirectory } from "../src/testing/temporary-directory.ts";
import { otherProcess } from "./other-process.ts";
import { refusal, refused } from "./refusal.ts";

const newPath = () => join(temporaryDirectory(), "deep", "db.lock");

function left(path: string, content: string): string {
	mkdirSync(join(path, ".."), { recursive: true });
	writeFileSync(path, content);
	return path;
}

async function gone(): Promise<ProcessIdentity> {
	const process = otherProcess("");
	await process.ended();
	return { ...identifyProcess(), pid: process.pid };
}

describe("a lock file", () => {
	test("names its holder, refuses everybody else and is gone when it is given back", async () => {
		const path = newPath();
		const release = holdLockFile(path);
		expect(JSON.parse(readFileSync(path, "utf8"))).toEqual(identifyProcess());
		const words = await refusal(() => holdLockFile(path));
		expect(
			words.replace(`process ${process.pid} on ${hostname()}`, "process <pid> on <host>").replace(path, "<path>"),
		).toMatchInlineSnapshot(`
				"The embedded database is in use by process <pid> on <host>.
				It serves one process at a time.
				Wait for that process, stop it, or set DATABASE_URL to a PostgreSQL server, which serves many. (<path>)"
			`);
		release();
		expect(existsSync(path)).toBe(false);
		holdLockFile(path)();
	});

	test("is gone when its holder ends by itself, and stays when it is killed", async () => {
		const hold = (path: string) => `
			import { holdLockFile } from "src/lock-file.ts";
			holdLockFile(${JSON.stringify(path)});
			console.log("held");`;
		const [ending, killed] = [newPath(), newPath()];
		expect(await otherProcess(hold(ending)).ended()).toBe(0);
		expect(existsSync(ending)).toBe(false);
		const holder = otherProcess(`${hold(killed)} setInterval(() => undefined, 1000);`);
		await holder.line();
		expect(await refused(() => holdLockFile(killed))).toBeInstanceOf(LockedError);
		expect(await refusal(() => holdLockFile(killed))).toContain(`process ${holder.pid} on`);
		await holder.kill();
		expect(existsSync(killed)).toBe(true);
		holdLockFile(killed)();
	});

	test("left behind by a process that is gone is taken over", async () => {
		const path = left(newPath(), JSON.stringify(await gone()));
		const release = holdLockFile(path);
		expect(JSON.parse(readFileSync(path, "utf8"))).toEqual(identifyProcess());
		release();
	});

	test("left behind before the machine was restarted is taken over, even if its process id is in use again", () => {
		holdLockFile(left(newPath(), JSON.stringify({ ...identifyProcess(), bootId: "of an earlier start" })))();
	});

	test.each(["", "garbage", "7"])("with %j in it instead of a holder is taken over", (text) => {
		holdLockFile(left(newPath(), text))();
	});

	test("of another machine is respected", async () => {
		const path = left(newPath(), JSON.stringify({ ...(await gone()), host: "elsewhere" }));
		expect(await refused(() => holdLockFile(path))).toBeInstanceOf(LockedError);
	});

	test("that has only just been created is respected, though nothing is in it yet", async () => {
		const path = newPath();
		const creator = otherProcess(`
			import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";
			import { dirname } from "node:path";
			import { setTimeout } from "node:timers/promises";
			import { identifyProcess } from "src/process-identity.ts";
			mkdirSync(dirname(${JSON.stringify(path)}));
			const file = openSync(${JSON.stringify(path)}, "wx");
			console.log("created");
			await setTimeout(200);
			writeSync(file, JSON.stringify(identifyProcess()));
			closeSync(file);
			setInterval(() => undefined, 1000);`);
		await creator.line();
		expect(await refusal(() => holdLockFile(path))).toContain(`process ${creator.pid} on`);
	});

	test("that cannot be written is reported", async () => {
		const path = join(left(join(temporaryDirectory(), "file"), ""), "db.lock");
		expect((await refusal(() => holdLockFile(path))).replaceAll(path, "<path>")).toMatchInlineSnapshot(`
			"<path> cannot be written.
			Make the directory writable, or set DATABASE_URL to a PostgreSQL server."
		`);
	});

	test("is held by exactly one of ten processes that race for it, new or left behind", async () => {
		const [rounds, intervalMs] = [20, 30];
		const paths = Array.from({ length: rounds }, newPath);
		const dead = JSON.stringify(await gone());
		for (const path of paths.filter((_, round) => round % 2 === 0)) left(path, dead);
		const beginMs = Date.now() + 2500;
		const racer = `
			import { holdLockFile } from "src/lock-file.ts";
			const outcomes = [];
			for (const [round, path] of ${JSON.stringify(paths)}.entries()) {
				while (Date.now() < ${beginMs} + round * ${intervalMs});
				try {
					holdLockFile(path);
					outcomes.push("held");
				} catch (error) {
					outcomes.push(error.name === "LockedError" || error.message.includes("taking over") ? "refused" : String(error));
				}
			}
			console.log(JSON.stringify(outcomes));
			setInterval(() => undefined, 1000);`;
		const racers = Array.from({ length: 10 }, () => otherProcess(racer));
		const outcomes: string[][] = await Promise.all(racers.map(async (each) => JSON.parse(await each.line())));
		const perRound = paths.map((_, round) => outcomes.map((of) => of[round]).sort());
		expect(perRound).toEqual(paths.map(() => ["held", ...Array.from({ length: 9 }, () => "refused")]));
	});
});
