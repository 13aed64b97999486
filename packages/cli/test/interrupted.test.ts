import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { connect } from "@tidemark/db";
import { createPostgresDatabase, temporaryDirectory } from "@tidemark/db/testing";
import { describe, expect, it } from "vitest";
import { startTelemetry, telemetry, waitForAnswer } from "./telemetry.ts";
import { writeUsageFile } from "./usage-file.ts";

const header = "timestamp,model,prompt_tokens\n";
const line = (second: number) => `${new Date(Date.now() - 60_000 + second * 1000).toISOString()},gpt-4o,1\n`;

describe("an ingestion that is interrupted", () => {
	it("by Ctrl-C finishes the page in flight, says so, and the next one goes on", async () => {
		const cwd = temporaryDirectory();
		const url = await createPostgresDatabase();
		const environment = { DATABASE_URL: url };
		const file = await writeUsageFile(join(cwd, "usage.csv"), 300_000);
		const child = startTelemetry({ args: ["ingest", "csv", "usage.csv"], cwd, environment });
		const answer = waitForAnswer(child);
		const db = await connect({ url, directory: "" });
		for (let rows = 0; rows === 0; await sleep(20)) {
			const [present] = await db.query<{ here: boolean }>("SELECT to_regclass('llm_calls') IS NOT NULL AS here");
			const [found] = present?.here
				? await db.query<{ rows: number }>("SELECT count(*)::int AS rows FROM llm_calls")
				: [];
			rows = found?.rows ?? 0;
		}
		child.kill("SIGINT");
		expect(await answer).toMatchObject({
			code: 130,
			err: "Stopping after the page in flight; once more to stop at once.\n",
		});
		expect((await answer).out).toContain("cancelled: ");
		expect((await telemetry({ args: ["ingest", "csv", "usage.csv"], cwd, environment })).code).toBe(0);
		expect(await db.query("SELECT count(*)::int AS rows FROM llm_calls")).toEqual([{ rows: file.rows }]);
		await db.close();
	});

	it("by a second one of the same file goes on, and the second says who holds the lock", async () => {
		const cwd = temporaryDirectory();
		const environment = { DATABASE_URL: await createPostgresDatabase() };
		// Standard input keeps it waiting as long as we like.
		const first = startTelemetry({ args: ["ingest", "csv", "-"], cwd, environment });
		const answer = waitForAnswer(first);
		first.stdin?.write(header + line(1));
		const db = await connect({ url: environment.DATABASE_URL, directory: "" });
		await until(async () =>
			(await db.query("SELECT to_regclass('locks') AS locks")).some((row) => Object.values(row)[0]),
		);
		await until(async () => (await db.query("SELECT name FROM locks")).length > 0);
		const second = await telemetry({ args: ["ingest", "csv", "-"], cwd, environment, input: header + line(2) });
		expect(second.code).toBe(75);
		expect(second.out).toMatch(new RegExp(`running elsewhere: csv - is being ingested by process ${first.pid} on `));
		first.stdin?.end(line(3));
		expect(await answer).toMatchObject({ code: 0 });
		expect(await db.query("SELECT count(*)::int AS rows FROM llm_calls")).toEqual([{ rows: 2 }]);
		await db.close();
	});

	it("by being suspended for two minutes cannot commit after another took over", async () => {
		const cwd = temporaryDirectory();
		const environment = { DATABASE_URL: await createPostgresDatabase() };
		const suspended = startTelemetry({ args: ["ingest", "csv", "-"], cwd, environment });
		const answer = waitForAnswer(suspended);
		suspended.stdin?.write(header + line(1));
		const db = await connect({ url: environment.DATABASE_URL, directory: "" });
		await until(async () =>
			(await db.query("SELECT to_regclass('locks') AS locks")).some((row) => Object.values(row)[0]),
		);
		await until(async () => (await db.query("SELECT name FROM locks")).length > 0);
		suspended.kill("SIGSTOP");
		// What two minutes do, by the clock that counts: the database's.
		await db.query("UPDATE locks SET expires_at = clock_timestamp() - interval '1 minute'");
		const other = await telemetry({ args: ["ingest", "csv", "-"], cwd, environment, input: header + line(2) });
		expect(other).toMatchObject({ code: 0 });
		suspended.kill("SIGCONT");
		suspended.stdin?.end(line(3));
		expect(await answer).toMatchObject({ code: 1 });
		expect((await answer).err).toContain("Another process has taken over csv -; nothing more was written by this one.");
		// Only what the other one read.
		expect(await db.query("SELECT count(*)::int AS rows FROM llm_calls")).toEqual([{ rows: 1 }]);
		await db.close();
	});
});

async function until(condition: () => Promise<boolean>): Promise<void> {
	while (!(await condition())) await sleep(20);
}
