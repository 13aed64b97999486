import { type Database, listDeadLetters, readClock } from "@tidemark/db";
import { expect, it } from "vitest";
import { defineSource } from "../src/index.ts";
import { describeOnEmptiedDatabase } from "../src/testing/describe-on-emptied-database.ts";
import { ingest } from "./scripted/ingest.ts";
import { calls, type ScriptedEntry, type ScriptedSource, scripted } from "./scripted/scripted-source.ts";
import { contentOf, storedIds } from "./scripted/stored.ts";

const retry = async (source: ScriptedSource, db: Database, cut: string | null = null) =>
	defineSource(source).retry({ db, cut, clock: await readClock(db) });
const lettersOf = (db: Database) => listDeadLetters(db, { limit: 10_000 });

/** As it was before somebody taught it those entries. */
function without(source: ScriptedSource, isUnknown: (entry: ScriptedEntry) => boolean, reason: string): ScriptedSource {
	return {
		...source,
		rows(entry) {
			if (isUnknown(entry)) throw new Error(reason);
			return source.rows(entry);
		},
	};
}

describeOnEmptiedDatabase("a dead letter", (open) => {
	it("is one however often its entry is read, and none once that can be stored", async () => {
		const db = await open();
		const source = scripted({ entries: calls(3) });
		await ingest(
			without(source, () => true, "not yet known"),
			db,
		);
		const letters = await lettersOf(db);
		expect(letters).toHaveLength(3);

		await db.query("DELETE FROM checkpoints");
		await ingest(
			without(source, () => true, "still not known"),
			db,
		);
		expect(await lettersOf(db)).toEqual(letters.map((letter) => ({ ...letter, reason: "still not known" })));

		await db.query("DELETE FROM checkpoints");
		expect((await ingest(source, db)).result.counts).toMatchObject({ inserted: 3, rejected: 0 });
		expect(await lettersOf(db)).toEqual([]);
	});

	it("is forgotten when other settings let its entry be stored, though that reads otherwise then", async () => {
		const db = await open();
		const source: ScriptedSource = {
			...scripted({ entries: [] }),
			async *read(_target, _from, { config: { shift } }) {
				const at = shift === 0 ? "no time" : "2026-01-01T00:00:00.000000Z";
				yield {
					items: [{ at: "line 1", key: "call-0,as,it,stands", entry: { id: "call-0", at } }],
					cursor: { next: 1 },
				};
			},
		};
		expect((await ingest(source, db)).result.counts).toMatchObject({ rejected: 1 });
		expect(await lettersOf(db)).toHaveLength(1);
		expect((await ingest(source, db, { flags: { shift: "1" } })).result.counts).toMatchObject({ inserted: 1 });
		expect(await lettersOf(db)).toEqual([]);
	});
});

describeOnEmptiedDatabase("trying dead letters again", (open) => {
	it("stores them with a parser that knows them, and forgets them as dead letters", async () => {
		const db = await open();
		const source = scripted({ entries: calls(6) });
		await ingest(
			without(source, () => true, "unknown"),
			db,
		);
		expect(await storedIds(db)).toEqual([]);

		expect(await retry(source, db)).toEqual({ stored: 6, refused: 0 });
		expect(await storedIds(db)).toEqual(calls(6).map(({ id }) => id));
		expect(await lettersOf(db)).toEqual([]);
		expect(await retry(source, db)).toEqual({ stored: 0, refused: 0 });
	});

	it("keeps those that are still bad, each as what it was, with the reason of today", async () => {
		const db = await open();
		const entries = calls(4).map((call, index) => (index === 3 ? { ...call, at: "no time" } : call));
		const source = scripted({ entries });
		await ingest(
			without(source, () => true, "unknown"),
			db,
		);
		const before = await lettersOf(db);

		const isThird = ({ id }: ScriptedEntry) => id === "call-2";
		expect(await retry(without(source, isThird, "still unknown"), db)).toEqual({ stored: 2, refused: 2 });
		expect(await storedIds(db)).toEqual(["call-0", "call-1"]);
		const reasons: Readonly<Record<string, string>> = {
			"entry 2": "still unknown",
			"entry 3": 'the database refused it: invalid input syntax for type timestamp with time zone: "no time"',
		};
		expect(await lettersOf(db)).toEqual(
			before.filter(({ at }) => at in reasons).map((letter) => ({ ...letter, reason: reasons[letter.at] })),
		);
	});

	it("reaches all of them, however many", async () => {
		const db = await open();
		const entries = calls(1201);
		const onOnePage: ScriptedSource = {
			...scripted({ entries }),
			async *read() {
				yield {
					items: entries.map((entry, index) => ({ at: `entry ${index}`, entry })),
					cursor: { next: entries.length },
				};
			},
		};
		const isOdd = ({ id }: ScriptedEntry) => /[13579]$/.test(id);
		await ingest(
			without(onOnePage, () => true, "unknown"),
			db,
		);
		expect(await retry(without(onOnePage, isOdd, "unknown"), db)).toEqual({ stored: 601, refused: 600 });
		expect(await storedIds(db)).toHaveLength(601);
		expect(await retry(onOnePage, db)).toEqual({ stored: 600, refused: 0 });
		expect(await lettersOf(db)).toEqual([]);
	});

	it("distinguishes those of two targets at the same place", async () => {
		const db = await open();
		const source = scripted({ entries: calls(2), targets: ["left", "right"] });
		await ingest(
			without(source, () => true, "unknown"),
			db,
		);
		expect(await lettersOf(db)).toHaveLength(4);
		const isFirst = ({ id }: ScriptedEntry) => id === "call-0";
		expect(await retry(without(source, isFirst, "unknown"), db)).toEqual({ stored: 2, refused: 2 });
		expect((await lettersOf(db)).map(({ target }) => target).sort()).toEqual(["left", "right"]);
	});

	it("leaves alone what was never an entry, and those of other sources", async () => {
		const db = await open();
		const spoilt: ScriptedSource = {
			...scripted({ entries: [] }),
			async *read() {
				yield { items: [{ at: "line 1", text: "{ broken", spoilt: "not JSON" }] };
			},
		};
		const other = scripted({ name: "other", entries: calls(1) });
		await ingest(spoilt, db);
		await ingest(
			without(other, () => true, "unknown"),
			db,
		);
		const before = await contentOf(db);
		expect(await retry(spoilt, db)).toEqual({ stored: 0, refused: 0 });
		expect(await contentOf(db)).toEqual(before);
	});

	it("stores nothing that the retention has meanwhile overtaken", async () => {
		const db = await open();
		const source = scripted({ entries: calls(4) });
		await ingest(
			without(source, () => true, "unknown"),
			db,
		);
		await retry(source, db, calls(4)[2]?.at);
		expect(await storedIds(db)).toEqual(["call-2", "call-3"]);
		expect(await lettersOf(db)).toEqual([]);
	});
});
