import { setTimeout as sleep } from "node:timers/promises";
import { connect, type Database, migrate } from "@tidemark/db";
import { createPostgresDatabase } from "@tidemark/db/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { describeOnEmptiedDatabase } from "../src/testing/describe-on-emptied-database.ts";
import { type BreakableProxy, breakableProxy } from "./network/breakable-proxy.ts";
import { ingest } from "./scripted/ingest.ts";
import { calls, scripted } from "./scripted/scripted-source.ts";
import { contentOf, storedIds } from "./scripted/stored.ts";

const entries = calls(20);
const allIds = entries.map(({ id }) => id).sort();

describeOnEmptiedDatabase("a transaction that fails", (open) => {
	it("in passing is repeated: the run is complete", async () => {
		const db = await open();
		const codes = { 3: "40001", 5: "40P01", 7: "CONNECTION_CLOSED" };
		const { result } = await ingest(scripted({ entries }), failing(db, codes));
		expect(result).toMatchObject({ outcome: "done", counts: { read: 20, inserted: 20 } });
		expect((await storedIds(db)).sort()).toEqual(allIds);
	});

	it("after it was committed, unknown to us, changes nothing when it is repeated", async () => {
		const db = await open();
		const { result } = await ingest(scripted({ entries }), failing(db, { 3: "08006" }, { isCommitted: true }));
		expect(result).toMatchObject({ outcome: "done", counts: { read: 20 } });
		expect((await storedIds(db)).sort()).toEqual(allIds);
	});

	it("for good fails its target, and the next run goes on from what was committed", async () => {
		const db = await open();
		const { result } = await ingest(scripted({ entries }), failing(db, { 4: "42501" }));
		expect(result).toMatchObject({ outcome: "failed", counts: { inserted: 4 }, error: { code: "42501" } });
		expect((await ingest(scripted({ entries }), db)).result).toMatchObject({ outcome: "done", counts: { read: 16 } });
		expect((await storedIds(db)).sort()).toEqual(allIds);
	});
});

/** A database whose transactions of those numbers fail with those codes. The first takes the lease. */
function failing(db: Database, codes: Readonly<Record<number, string>>, { isCommitted = false } = {}): Database {
	let count = 0;
	return {
		...db,
		async transaction(work) {
			const code = codes[++count];
			if (code === undefined) return db.transaction(work);
			if (isCommitted) await db.transaction(work);
			throw Object.assign(new Error("failed on purpose"), { code });
		},
	};
}

describe("an ingestion into a PostgreSQL server", () => {
	let direct: Database;
	let proxy: BreakableProxy;
	let db: Database;
	beforeAll(async () => {
		const url = await createPostgresDatabase();
		direct = await connect({ url, directory: "" });
		await migrate(direct);
		proxy = await breakableProxy(url);
		db = await connect({ url: proxy.url, directory: "" });
	});
	beforeEach(() => direct.query("TRUNCATE llm_calls, checkpoints, dead_letters"));
	afterAll(async () => {
		await db.close();
		await direct.close();
		await proxy.close();
	});

	const losses: Readonly<Record<string, () => unknown>> = {
		"the server ends": () =>
			direct.query(
				"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'tidemark' AND pid <> pg_backend_pid()",
			),
		"the network ends": () => proxy.cut("end"),
		"the network resets": () => proxy.cut("reset"),
	};

	it.each(Object.keys(losses))("stores exactly the rows on connections that %s", async (how) => {
		const lossy = scripted({
			entries,
			async before(page) {
				if (page % 3 === 2 || page > 10) await losses[how]?.();
			},
		});
		expect((await ingest(lossy, db)).result).toMatchObject({ outcome: "done", counts: { read: 20, rejected: 0 } });
		expect((await storedIds(direct)).sort()).toEqual(allIds);
		expect(await contentOf(direct, ["dead_letters"])).toEqual({ dead_letters: [] });
	});

	it.each(Object.keys(losses))("stores exactly the rows on connections that %s at any moment", async (how) => {
		let isOver = false;
		const losing = (async () => {
			for (let count = 0; count < 6 && !isOver; count++) {
				await sleep(Math.random() * 250);
				await losses[how]?.();
			}
		})();
		const slow = scripted({ entries, before: () => sleep(50) });
		for (let outcome = ""; outcome !== "done"; ) outcome = (await ingest(slow, db)).result.outcome;
		isOver = true;
		await losing;
		expect((await storedIds(direct)).sort()).toEqual(allIds);
	});

	it("stores exactly the rows while the server restarts", async () => {
		let restarting: Promise<void> | undefined;
		const source = scripted({
			entries,
			before(page) {
				if (page === 4) restarting = proxy.refuse(500);
			},
		});
		expect((await ingest(source, db)).result).toMatchObject({ outcome: "done", counts: { read: 20 } });
		await restarting;
		expect((await storedIds(direct)).sort()).toEqual(allIds);
	});

	it("notices a connection that the server ends, and has another one right after", async () => {
		const ending = "SELECT pg_terminate_backend(pg_backend_pid())";
		await expect(db.query(ending)).rejects.toThrow("CONNECTION_CLOSED");
		expect(await db.query("SELECT 1 AS one")).toEqual([{ one: 1 }]);
		await expect(db.transaction((tx) => tx.query(ending))).rejects.toThrow("CONNECTION_CLOSED");
		expect(await db.transaction((tx) => tx.query("SELECT 1 AS one"))).toEqual([{ one: 1 }]);
	});

	it.each(Object.keys(losses))("sends nothing more of a transaction on connections that %s", async (how) => {
		const insert = (id: string) =>
			`INSERT INTO dead_letters VALUES ('${id}', 'toy', 'toy', 'toy', 'toy', NULL, NULL, false, clock_timestamp())`;
		const work = db.transaction(async (tx) => {
			await tx.query(insert("before"));
			await losses[how]?.();
			await sleep(50);
			await tx.query(insert("after"));
		});
		await expect(work).rejects.toThrow();
		// Others use the database right away, and nothing of the lost transaction gets into theirs.
		await db.transaction((tx) => tx.query(insert("next")));
		await db.query(insert("next but one"));
		const stored = await direct.query("SELECT id FROM dead_letters ORDER BY id");
		expect(stored).toEqual([{ id: "next" }, { id: "next but one" }]);
	});
});
