import { setTimeout as sleep } from "node:timers/promises";
import { connect, type Database, migrate, readCheckpoint } from "@tidemark/db";
import { createPostgresDatabase } from "@tidemark/db/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ingest } from "./scripted/ingest.ts";
import { contentOf, storedIds } from "./scripted/stored.ts";
import { startIngestToy } from "./toy/start-ingest-toy.ts";
import { toyFile } from "./toy/toy-fixture.ts";
import { toySource } from "./toy/toy-source.ts";

const lines = 600;
const allIds = Array.from({ length: lines }, (_, number) => `call-${number}`).sort();

describe("a process that ingests", () => {
	let url: string;
	let path: string;
	let db: Database;
	beforeEach(async () => {
		url = await createPostgresDatabase();
		path = await toyFile(lines);
		db = await connect({ url, directory: "" });
		await migrate(db);
	});
	afterEach(() => db.close());
	const finish = async () => (await ingest(toySource, db, { flags: { path } })).result;

	it("and is killed at any moment loses nothing and stores nothing twice", async () => {
		for (let kills = 0; kills < 4; kills++) {
			const { child, begun, ended } = startIngestToy({ url, path, isPaced: false });
			await begun;
			await sleep(Math.random() * 150);
			child.kill("SIGKILL");
			await ended;
		}
		// At once: the lease of a process that is gone is free.
		expect((await finish()).outcome).toBe("done");
		expect((await storedIds(db)).sort()).toEqual(allIds);
		expect(await contentOf(db, ["dead_letters", "locks"])).toEqual({ dead_letters: [], locks: [] });
		expect((await readCheckpoint(db, "toy", path))?.cursor).toMatchObject({ lines });
	});

	it("and is suspended until another has taken over commits nothing any more", async () => {
		const { child, ended, permit } = startIngestToy({ url, path, isPaced: true });
		permit(2);
		// Two pages of three lines: it waits for its third, with no transaction open.
		while ((await storedIds(db)).length < 6) await sleep(10);
		child.kill("SIGSTOP");
		await db.query("UPDATE locks SET expires_at = clock_timestamp() - interval '1 minute'");
		expect(await finish()).toMatchObject({ outcome: "done", counts: { read: lines - 6 } });
		// What the suspended process would write again would show.
		await db.query("DELETE FROM llm_calls WHERE source_id IN ('call-6', 'call-7')");
		const written = ["llm_calls", "checkpoints", "dead_letters", "locks"];
		const before = await contentOf(db, written);

		child.kill("SIGCONT");
		permit(lines);
		expect(await ended).toEqual({
			code: 1,
			errors: `Another process has taken over toy ${path}; nothing more was written by this one.`,
		});
		expect(await contentOf(db, written)).toEqual(before);
	});
});
