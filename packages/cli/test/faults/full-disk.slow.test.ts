import { execFileSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { connect } from "@tidemark/db";
import { temporaryDirectory } from "@tidemark/db/testing";
import { expect } from "vitest";
import { startTelemetry, telemetry, waitForAnswer } from "../telemetry.ts";
import { writeUsageFile } from "../usage-file.ts";
import { mountDisk, testFault } from "./machine.ts";

/** Longer than the promised ten seconds only because starting takes a while on a busy machine. */
const endsWithinMs = 25_000;

async function timed<Result>(work: Promise<Result>): Promise<Result> {
	const began = performance.now();
	const result = await work;
	expect(performance.now() - began).toBeLessThan(endsWithinMs);
	return result;
}

/** Somebody else writes to the disk, to its last byte. */
function fillDisk(disk: string, bytes: number): void {
	try {
		writeFileSync(join(disk, "else"), Buffer.alloc(bytes));
	} catch {
		// It is full now.
	}
}

testFault(
	"F4 an embedded database on a full disk ends in words, and goes on when there is space",
	"mount",
	async () => {
		const disk = mountDisk(80);
		const cwd = temporaryDirectory();
		const file = await writeUsageFile(join(cwd, "usage.csv"), 200_000);
		const environment = { TELEMETRY_DB_DIR: join(disk, "db") };
		const ingest = () => telemetry({ args: ["ingest", "csv", "usage.csv"], cwd, environment });
		const full = await timed(ingest());
		expect(full.code).toBe(1);
		expect(full.err).toMatch(
			/Error: The disk of \S+\/db is full: \d+ MB are left, the embedded database needs \d+ MB\./,
		);
		expect(full.err).toContain("Fix: Free ");
		fillDisk(disk, 80_000_000);
		const isFull = { code: 1, err: expect.stringContaining("is full: ") };
		expect(await timed(ingest())).toMatchObject(isFull);
		expect(await timed(telemetry({ args: ["stats"], cwd, environment }))).toMatchObject(isFull);
		execFileSync("mount", ["-o", "remount,size=600m", disk]);
		expect((await ingest()).code).toBe(0);
		const db = await connect({ url: undefined, directory: join(disk, "db") });
		expect(await db.query("SELECT count(*)::int AS rows FROM llm_calls")).toEqual([{ rows: file.rows }]);
		await db.close();
	},
);

testFault("F4 an embedded database does not begin on a disk that has no room for it", "mount", async () => {
	const disk = mountDisk(20);
	const cwd = temporaryDirectory();
	const environment = { TELEMETRY_DB_DIR: join(disk, "db") };
	const answer = await timed(telemetry({ args: ["db", "migrate"], cwd, environment }));
	expect(answer).toMatchObject({ code: 1, out: "" });
	expect(answer.err).toContain(`The disk of ${join(disk, "db")} is full`);
});

testFault(
	"F4 an embedded database whose disk somebody else fills under way ends, and loses nothing",
	"mount",
	async () => {
		const disk = mountDisk(200);
		const cwd = temporaryDirectory();
		const file = await writeUsageFile(join(cwd, "usage.csv"), 200_000);
		const environment = { TELEMETRY_DB_DIR: join(disk, "db") };
		const child = startTelemetry({ args: ["ingest", "csv", "usage.csv"], cwd, environment });
		const answer = waitForAnswer(child);
		while (!existsSync(join(disk, "db/pg_wal/000000010000000000000002"))) await sleep(20);
		fillDisk(disk, 200_000_000);
		expect(await timed(answer)).toMatchObject({ code: 1, err: expect.stringContaining("is full: ") });
		execFileSync("mount", ["-o", "remount,size=900m", disk]);
		expect((await telemetry({ args: ["ingest", "csv", "usage.csv"], cwd, environment })).code).toBe(0);
		const db = await connect({ url: undefined, directory: join(disk, "db") });
		expect(await db.query("SELECT count(*)::int AS rows FROM llm_calls")).toEqual([{ rows: file.rows }]);
		await db.close();
	},
);
