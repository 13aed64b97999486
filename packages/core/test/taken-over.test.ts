import { setTimeout as sleep } from "node:timers/promises";
import { connect, type Database, LockedError, migrate, readCheckpoint } from "@tidemark/db";
import { createPostgresDatabase } from "@tidemark/db/testing";
import { expect, it, onTestFinished, vi } from "vitest";
import { describeOnEmptiedDatabase } from "../src/testing/describe-on-emptied-database.ts";
import { ingest } from "./scripted/ingest.ts";
import { calls, scripted } from "./scripted/scripted-source.ts";
import { contentOf, storedIds } from "./scripted/stored.ts";

const entries = calls(6);
const source = scripted({ entries });

/** Begins an ingestion that stops before its second page, with the first one committed. */
async function heldAtSecondPage(db: Database) {
	const gate = Promise.withResolvers<void>();
	const held = scripted({ entries, before: (page) => (page === 2 ? gate.promise : undefined) });
	const ingesting = ingest(held, db);
	while (!(await readCheckpoint(db, "scripted", "tape"))) await sleep(5);
	return {
		async released() {
			gate.resolve();
			return (await ingesting).result;
		},
	};
}

const expireLeases = (db: Database) =>
	db.query("UPDATE locks SET expires_at = clock_timestamp() - interval '1 minute'");

const written = ["llm_calls", "checkpoints", "dead_letters", "locks"];

describeOnEmptiedDatabase("a target that is being ingested", (open) => {
	it("is locked for everybody else, who learns by whom", async () => {
		const db = await open();
		const held = await heldAtSecondPage(db);
		const before = await contentOf(db);
		const { result } = await ingest(source, db);
		expect(result).toMatchObject({ outcome: "locked", counts: { read: 0 } });
		expect(result.error).toBeInstanceOf(LockedError);
		expect(result.error).toHaveProperty(
			"message",
			expect.stringMatching(
				new RegExp(`^scripted tape is being ingested by process ${process.pid} on .+ since 20.+Z\\.$`),
			),
		);
		expect(await contentOf(db)).toEqual(before);

		expect(await held.released()).toMatchObject({ outcome: "done", counts: { read: 6 } });
		expect(await storedIds(db)).toHaveLength(6);
		expect(await contentOf(db, ["locks"])).toEqual({ locks: [] });
	});

	it("stays locked while its source waits for the world, however long", async () => {
		const db = await open();
		vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
		onTestFinished(() => {
			vi.useRealTimers();
		});
		const held = await heldAtSecondPage(db);
		await db.query("UPDATE locks SET expires_at = clock_timestamp() + interval '1 second'");
		vi.advanceTimersByTime(15_000);
		const isRenewed = "SELECT 1 AS one FROM locks WHERE expires_at > clock_timestamp() + interval '50 seconds'";
		while ((await db.query(isRenewed)).length === 0) await sleep(5);
		expect((await held.released()).outcome).toBe("done");
		expect(vi.getTimerCount()).toBe(0);
	});

	it("locks no other target and no other source", async () => {
		const db = await open();
		const held = await heldAtSecondPage(db);
		const { results } = await ingest(scripted({ entries, targets: ["tape", "other tape"] }), db);
		expect(results.map(({ outcome }) => outcome)).toEqual(["locked", "done"]);
		expect((await ingest(scripted({ name: "other", entries }), db)).result.outcome).toBe("done");
		expect((await held.released()).outcome).toBe("done");
	});
});

describeOnEmptiedDatabase("an ingestion whose lease has expired", (open) => {
	it("goes on if nobody has taken over", async () => {
		const db = await open();
		const held = await heldAtSecondPage(db);
		await expireLeases(db);
		expect(await held.released()).toMatchObject({ outcome: "done", counts: { inserted: 6 } });
	});

	it("commits nothing after another has taken over and finished", async () => {
		const db = await open();
		const held = await heldAtSecondPage(db);
		await expireLeases(db);
		expect((await ingest(source, db)).result).toMatchObject({ outcome: "done", counts: { read: 4, inserted: 4 } });
		// What the first would write again would show: these are the second's own.
		await db.query("DELETE FROM llm_calls WHERE source_id = 'call-3'");
		const before = await contentOf(db, written);

		const { outcome, error } = await held.released();
		expect(outcome).toBe("failed");
		expect(error).toMatchObject({
			message: "Another process has taken over scripted tape; nothing more was written by this one.",
			fix: "Nothing is lost: the other process goes on from what was committed.",
		});
		expect(await contentOf(db, written)).toEqual(before);
	});

	it("leaves the lease of the one that has taken over and is still at it", async () => {
		const db = await open();
		const first = await heldAtSecondPage(db);
		await expireLeases(db);
		const gate = Promise.withResolvers<void>();
		const reached = Promise.withResolvers<void>();
		const second = ingest(
			scripted({
				entries,
				before(page) {
					if (page === 1) reached.resolve();
					return gate.promise;
				},
			}),
			db,
		);
		await reached.promise;
		const before = await contentOf(db, written);
		expect((await first.released()).outcome).toBe("failed");
		expect(await contentOf(db, written)).toEqual(before);
		expect((await ingest(source, db)).result.outcome).toBe("locked");

		gate.resolve();
		expect((await second).result).toMatchObject({ outcome: "done", counts: { read: 4 } });
		expect(await storedIds(db)).toHaveLength(6);
	});
});

it("a target whose page takes its time on a PostgreSQL server is locked, not failed", async () => {
	const url = await createPostgresDatabase();
	await using db = closing(await connect({ url, directory: "" }));
	await using other = closing(await connect({ url, directory: "" }));
	await migrate(db);
	const held = await heldAtSecondPage(db);
	const [begun, committed] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
	const writing = other.transaction(async (tx) => {
		await tx.query("UPDATE locks SET expires_at = clock_timestamp()");
		begun.resolve();
		await committed.promise;
	});
	await begun.promise;
	const { result } = await ingest(source, db);
	expect(result).toMatchObject({
		outcome: "locked",
		error: { message: "scripted tape is being ingested by another process." },
	});
	committed.resolve();
	await writing;
	expect((await held.released()).outcome).toBe("done");
});

function closing(db: Database): Database & AsyncDisposable {
	return { ...db, [Symbol.asyncDispose]: () => db.close() };
}
