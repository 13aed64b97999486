import { setTimeout as sleep } from "node:timers/promises";
import { type Database, readCheckpoint } from "@tidemark/db";
import { expect, it } from "vitest";
import { describeOnEmptiedDatabase } from "../src/testing/describe-on-emptied-database.ts";
import { ingest } from "./scripted/ingest.ts";
import { calls, instant, type ScriptedSource, scripted } from "./scripted/scripted-source.ts";
import { contentOf, storedCalls } from "./scripted/stored.ts";

const entries = calls(6);
const source = scripted({ entries });
const shift = (hours: number) => ({ flags: { shift: String(hours) } });
const shiftedCalls = (hours: number) =>
	entries.map(({ id, at }) => ({ id, at: instant(Date.parse(at) + hours * 3_600_000) }));
const isReshaping = async (db: Database) => (await readCheckpoint(db, "scripted", "tape"))?.reshaping;

/** Ingests until the second of three pages is stored. */
async function interrupted(db: Database, hours: number): Promise<void> {
	const cancelling = new AbortController();
	const stopping = scripted({ entries, before: (page) => (page === 2 ? cancelling.abort() : undefined) });
	const { result } = await ingest(stopping, db, { ...shift(hours), cancel: cancelling.signal });
	expect(result).toMatchObject({ outcome: "cancelled", counts: { read: 4 } });
}

describeOnEmptiedDatabase("rows of settings that have changed", (open) => {
	it("are read again and moved in time instead of being stored twice", async () => {
		const db = await open();
		await ingest(source, db);
		expect(await storedCalls(db)).toEqual(shiftedCalls(0));

		const { result, infos } = await ingest(source, db, shift(2));
		expect(result.counts).toMatchObject({ read: 6, inserted: 0, updated: 6, unchanged: 0 });
		expect(infos).toEqual([
			"scripted tape: reading it again from the beginning - the settings that shape its rows have changed",
		]);
		expect(await storedCalls(db)).toEqual(shiftedCalls(2));
		expect(await isReshaping(db)).toBe(false);
		expect((await ingest(source, db, shift(2))).result.counts.read).toBe(0);
	});

	it("are left alone if the setting shapes no rows", async () => {
		const db = await open();
		await ingest(source, db);
		const { result, infos } = await ingest(source, db, { flags: { volume: "11" } });
		expect(result.counts.read).toBe(0);
		expect(infos).toEqual([]);
	});

	it("are moved to the last by a later run if the first was interrupted", async () => {
		const db = await open();
		await ingest(source, db);
		await interrupted(db, 2);
		expect(await isReshaping(db)).toBe(true);
		expect(await storedCalls(db)).toEqual([...shiftedCalls(0).slice(4), ...shiftedCalls(2).slice(0, 4)]);

		const { result, infos } = await ingest(source, db, shift(2));
		expect(result.counts).toMatchObject({ read: 2, inserted: 0, updated: 2 });
		expect(infos).toEqual([]);
		expect(await storedCalls(db)).toEqual(shiftedCalls(2));
		expect(await isReshaping(db)).toBe(false);
	});

	it("are back where they were when the change is taken back half way", async () => {
		const db = await open();
		await ingest(source, db);
		await interrupted(db, 2);
		await ingest(source, db);
		expect(await storedCalls(db)).toEqual(shiftedCalls(0));
	});

	it("are not stored twice if --since had kept the change from some of them", async () => {
		const db = await open();
		await ingest(source, db);
		const { result } = await ingest(source, db, { ...shift(2), since: shiftedCalls(2).at(3)?.at ?? null });
		expect(result.counts).toMatchObject({ updated: 3, skipped: 3 });
		expect(await storedCalls(db)).toHaveLength(6);

		await ingest(source, db, shift(2));
		expect(await storedCalls(db)).toEqual(shiftedCalls(2));
	});

	it("stay under way if another took over before the last of them was moved", async () => {
		const db = await open();
		await ingest(source, db);
		const late = scripted({
			entries,
			async before(page) {
				if (page !== 4) return;
				// After the last page is committed and before its end is noted.
				while (!(await storedCalls(db)).some(({ at }) => at === shiftedCalls(2).at(-1)?.at)) await sleep(5);
				await db.query("UPDATE locks SET holder = 'another'");
			},
		});
		expect((await ingest(late, db, shift(2))).result).toMatchObject({ outcome: "failed" });
		expect(await isReshaping(db)).toBe(true);
	});

	it("leave those of other sources alone", async () => {
		const db = await open();
		await ingest(scripted({ name: "other", entries }), db);
		const others = await storedCalls(db);
		await ingest(source, db);
		await ingest(source, db, shift(2));
		expect(await storedCalls(db)).toEqual([...others, ...shiftedCalls(2)]);
	});
});

describeOnEmptiedDatabase("an entry that comes again at another time", (open) => {
	const later = shiftedCalls(5);

	it("is another row, by the key of its table", async () => {
		const db = await open();
		await ingest(source, db);
		await ingest(scripted({ entries: later, targets: ["copy"] }), db);
		expect(await storedCalls(db)).toEqual([...shiftedCalls(0), ...later]);
	});

	it("stays where it was first if its source says so", async () => {
		const db = await open();
		await ingest(source, db);
		const { result } = await ingest({ ...scripted({ entries: later, targets: ["copy"] }), keepsTimes: true }, db);
		expect(result.counts).toMatchObject({ read: 6, unchanged: 6 });
		expect(await storedCalls(db)).toEqual(shiftedCalls(0));
	});
});

describeOnEmptiedDatabase("a cursor of another version", (open) => {
	it("is dropped: the target is read again, and that is reported", async () => {
		const db = await open();
		await ingest(source, db);
		const stored = await contentOf(db, ["llm_calls"]);
		await db.query(`UPDATE checkpoints SET cursor = '{"line": 7}'`);

		const { result, infos } = await ingest(source, db);
		expect(result.counts).toMatchObject({ read: 6, inserted: 0, updated: 0, unchanged: 6 });
		expect(infos).toEqual([
			"scripted tape: reading it again from the beginning - its checkpoint was written by another version",
		]);
		expect(await contentOf(db, ["llm_calls"])).toEqual(stored);
		expect((await readCheckpoint(db, "scripted", "tape"))?.cursor).toEqual({ next: 6 });
	});
});

describeOnEmptiedDatabase("a source without a cursor", (open) => {
	it("leaves the checkpoint where it is, and stores nothing twice", async () => {
		const db = await open();
		const endless: ScriptedSource = {
			...source,
			async *read(...given) {
				for await (const { items } of source.read(...given)) yield { items };
			},
		};
		expect((await ingest(endless, db)).result.counts).toMatchObject({ read: 6, inserted: 6 });
		expect(await readCheckpoint(db, "scripted", "tape")).toBeUndefined();
		expect((await ingest(endless, db)).result.counts).toMatchObject({ read: 6, inserted: 0, unchanged: 6 });

		await ingest(source, db);
		const before = await contentOf(db, ["checkpoints"]);
		await ingest(endless, db);
		expect(await contentOf(db, ["checkpoints"])).toEqual(before);
	});
});
