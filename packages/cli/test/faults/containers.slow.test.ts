import { once } from "node:events";
import { existsSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { connect } from "@tidemark/db";
import { temporaryDirectory } from "@tidemark/db/testing";
import { expect } from "vitest";
import { startTelemetry, telemetry, waitForAnswer } from "../telemetry.ts";
import { inContainer, testFault } from "./machine.ts";

const header = "timestamp,model,prompt_tokens\n";
const line = (second: number) => `${new Date(Date.now() - 60_000 + second * 1000).toISOString()},gpt-4o,1\n`;

testFault("F3 two containers of one host name do not share an embedded database", "namespaces", async () => {
	const cwd = temporaryDirectory();
	const first = startTelemetry({ args: ["ingest", "csv", "-"], cwd, wrapper: inContainer });
	const answer = waitForAnswer(first);
	first.stdin?.write(header + line(1));
	const lock = join(cwd, ".telemetry/db.lock");
	while (!existsSync(lock)) await sleep(50);
	const second = await telemetry({ args: ["ingest", "csv", "-"], cwd, wrapper: inContainer, input: header + line(2) });
	expect(second.code).toBe(75);
	expect(second.err).toContain("in another container or on another machine");
	expect(second.err).toContain("free again after 60 seconds");
	expect(second.err).toContain(`you may delete ${lock}`);
	// Not even once it looks as if it had gone: signs of life show that it has not.
	utimesSync(lock, 1, 1);
	expect((await telemetry({ args: ["stats"], cwd })).code).toBe(75);
	first.stdin?.end(line(3));
	expect(await answer).toMatchObject({ code: 0 });
	expect((await telemetry({ args: ["ingest", "csv", "-"], cwd, input: header + line(2) })).code).toBe(0);
	const db = await connect({ url: undefined, directory: join(cwd, ".telemetry/db") });
	expect(await db.query("SELECT count(*)::int AS rows FROM llm_calls")).toEqual([{ rows: 3 }]);
	await db.close();
});

testFault("F3 the lock of a container that was killed expires", "namespaces", async () => {
	const cwd = temporaryDirectory();
	const first = startTelemetry({ args: ["ingest", "csv", "-"], cwd, wrapper: inContainer });
	const lock = join(cwd, ".telemetry/db.lock");
	while (!existsSync(lock)) await sleep(50);
	const closed = once(first, "close");
	first.kill("SIGKILL");
	await closed;
	expect((await telemetry({ args: ["db", "status"], cwd })).code).toBe(75);
	const longAgo = new Date(Date.now() - 61_000);
	utimesSync(lock, longAgo, longAgo);
	expect((await telemetry({ args: ["db", "migrate"], cwd })).code).toBe(0);
});
