import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { connect, type Database } from "@tidemark/db";
import { createPostgresDatabase, temporaryDirectory } from "@tidemark/db/testing";
import { describe, expect, it } from "vitest";
import { startTelemetry, telemetry } from "./telemetry.ts";
import { type UsageFile, writeUsageFile } from "./usage-file.ts";

interface Trial {
	readonly file: UsageFile;
	readonly environment: Readonly<Record<string, string>>;
	readonly cwd: string;
	/** The latest moment after its start at which a process is killed. */
	readonly latestMs: number;
}

/** Starts an ingestion and kills it at a random moment; true if it had come to its end before. */
async function killOnce({ file, environment, cwd, latestMs }: Trial): Promise<boolean> {
	const child = startTelemetry({ args: ["ingest", "csv", file.path], cwd, environment });
	const closed = once(child, "close");
	await Promise.race([closed, sleep(300 + Math.random() * latestMs)]);
	child.kill("SIGKILL");
	const [code] = await closed;
	return code === 0;
}

async function finished({ file, environment, cwd }: Trial): Promise<void> {
	const { code, err } = await telemetry({ args: ["ingest", "csv", file.path], cwd, environment });
	expect(`${code} ${err}`).toBe("0 ");
}

async function holdsExactly(db: Database, { rows, tokens }: UsageFile): Promise<void> {
	const [found] = await db.query("SELECT count(*)::int AS rows, sum(input_tokens)::int AS tokens FROM llm_calls");
	expect(found).toEqual({ rows, tokens });
	expect(await db.query("SELECT id FROM dead_letters")).toEqual([]);
}

describe("an ingestion that is killed", () => {
	it("at twenty random moments leaves exactly the rows of the file once it is finished, in PostgreSQL", async () => {
		const cwd = temporaryDirectory();
		const url = await createPostgresDatabase();
		const file = await writeUsageFile(join(cwd, "usage.csv"), 200_000);
		const trial = { file, cwd, environment: { DATABASE_URL: url }, latestMs: 1500 };
		const db = await connect({ url, directory: "" });
		for (let kills = 0; kills < 20; ) {
			if (!(await killOnce(trial))) {
				kills++;
				continue;
			}
			// It was faster: look at what it left and let it begin again.
			await holdsExactly(db, file);
			await db.query("TRUNCATE llm_calls, checkpoints");
		}
		await finished(trial);
		await holdsExactly(db, file);
		await db.close();
	}, 180_000);

	it("at random moments leaves exactly the rows of the file once it is finished, in the embedded database", async () => {
		const cwd = temporaryDirectory();
		const file = await writeUsageFile(join(cwd, "usage.csv"), 100_000);
		const trial = { file, cwd, environment: {}, latestMs: 3000 };
		for (let kills = 0; kills < 4; kills++) await killOnce(trial);
		await finished(trial);
		const db = await connect({ url: undefined, directory: join(cwd, ".telemetry/db") });
		await holdsExactly(db, file);
		await db.close();
	}, 180_000);
});
