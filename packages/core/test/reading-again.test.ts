import { computeCut, type Database, parseRetention, prune, readCheckpoint } from "@tidemark/db";
import { expect, it } from "vitest";
import { describeOnEmptiedDatabase } from "../src/testing/describe-on-emptied-database.ts";
import { ingest } from "./scripted/ingest.ts";
import { instant, scripted } from "./scripted/scripted-source.ts";
import { storedIds } from "./scripted/stored.ts";

const daysAgo = (days: number) => instant(Date.now() - days * 86_400_000);

/** Three calls older than half a year, three younger. */
const calls = [500, 400, 300, 30, 20, 10].map((days) => ({ id: `${days} days`, at: daysAgo(days) }));
const allIds = calls.map(({ id }) => id);
const readAgain = (before: string) =>
	`scripted tape: reading it again from the beginning - nothing from before ${before.slice(0, 10)} was stored the last time`;

describeOnEmptiedDatabase("what was left out as too old", (open) => {
	it("is read again, and that is reported, when the retention is switched off", async () => {
		const db = await open();
		const old = scripted({ entries: calls.slice(0, 3) });
		const first = await ingest(old, db, { retention: "6mo" });
		expect(first.result).toMatchObject({ outcome: "done", counts: { read: 3, inserted: 0, expired: 3 } });
		const floor = (await readCheckpoint(db, "scripted", "tape"))?.floor ?? "";

		const second = await ingest(old, db);
		expect(second.result).toMatchObject({ outcome: "done", counts: { read: 3, inserted: 3, expired: 0 } });
		expect(second.infos).toEqual([readAgain(floor)]);
		expect(await storedIds(db)).toEqual(allIds.slice(0, 3));

		const third = await ingest(old, db);
		expect(third).toMatchObject({ result: { counts: { read: 0 } }, infos: [] });
	});

	it("is read again when --since reaches further back", async () => {
		const db = await open();
		const source = scripted({ entries: calls });
		const first = await ingest(source, db, { since: daysAgo(25) });
		expect(first.result.counts).toMatchObject({ read: 6, inserted: 2, skipped: 4, expired: 0 });

		const second = await ingest(source, db, { since: daysAgo(350) });
		expect(second.result.counts).toMatchObject({ read: 6, inserted: 2, unchanged: 2, skipped: 2 });
		expect(second.infos).toHaveLength(1);

		const third = await ingest(source, db);
		expect(third.result.counts).toMatchObject({ read: 6, inserted: 2, unchanged: 4 });
		expect(await storedIds(db)).toEqual(allIds);
	});

	it("is read again even if --since reaches back only an hour further", async () => {
		const db = await open();
		const source = scripted({ entries: calls });
		await ingest(source, db, { since: daysAgo(19.99) });
		expect(await storedIds(db)).toEqual(["10 days"]);
		await ingest(source, db, { since: daysAgo(20.03) });
		expect(await storedIds(db)).toEqual(["20 days", "10 days"]);
	});

	it("is read again after a prune when the retention is switched off", async () => {
		const db = await open();
		const source = scripted({ entries: calls });
		await ingest(source, db);
		await prune(db, { retention: parseRetention("6mo") });
		expect(await storedIds(db)).toEqual(allIds.slice(3));

		const { result, infos } = await ingest(source, db);
		expect(result.counts).toMatchObject({ read: 6, inserted: 3, unchanged: 3 });
		expect(infos).toHaveLength(1);
		expect(await storedIds(db)).toEqual(allIds);
	});
});

describeOnEmptiedDatabase("what was read", (open) => {
	it("is not read again for a later --since, but for none at all what came meanwhile", async () => {
		const db = await open();
		const entries = calls.slice(0, 4);
		const source = scripted({ entries });
		await ingest(source, db);
		expect(await ingest(source, db, { since: daysAgo(15) })).toMatchObject({
			result: { counts: { read: 0 } },
			infos: [],
		});

		entries.push(...calls.slice(4));
		const { result, infos } = await ingest(source, db, { since: daysAgo(15) });
		expect(result.counts).toMatchObject({ read: 2, inserted: 1, skipped: 1 });
		expect(infos).toEqual([]);

		await ingest(source, db);
		expect(await storedIds(db)).toEqual(allIds);
	});

	it("is not read again if the retention has only moved with the clock", async () => {
		const db = await open();
		const source = scripted({ entries: calls });
		const [cut, later] = await cutsAt(db, instant(Date.now()), instant(Date.now() + 6 * 3_600_000));
		expect((await ingest(source, db, { cut })).result.counts).toMatchObject({ expired: 3, inserted: 3 });
		expect(await ingest(source, db, { cut: later })).toMatchObject({ result: { counts: { read: 0 } }, infos: [] });
	});

	it("is not read again at the end of a month, if six months may reach back further than the day before", async () => {
		const db = await open();
		const entries = [...calls];
		const floors: (string | null)[] = [];
		const source = scripted({
			entries,
			before(_page, _target, { floor }) {
				floors.push(floor);
			},
		});
		const [cut, later] = await cutsAt(db, "2026-08-30T23:00:00.000000Z", "2026-08-31T01:00:00.000000Z");
		expect([cut, later]).toEqual(["2026-02-28T23:00:00.000000Z", "2026-02-28T01:00:00.000000Z"]);
		await ingest(source, db, { cut });
		expect(await ingest(source, db, { cut: later })).toMatchObject({ result: { counts: { read: 0 } }, infos: [] });

		entries.push({ id: "new", at: daysAgo(1) });
		expect((await ingest(source, db, { cut: later })).result.counts).toMatchObject({ read: 1, inserted: 1 });
		// Neither reaches it back further nor does it vouch for more than it did.
		expect(new Set(floors)).toEqual(new Set([cut]));
		expect((await readCheckpoint(db, "scripted", "tape"))?.floor).toBe(cut);
	});
});

describeOnEmptiedDatabase("a source", (open) => {
	it("knows how far back to reach: to the later of retention and --since", async () => {
		const db = await open();
		const floors: (string | null)[] = [];
		const source = scripted({
			entries: calls,
			before(page, _, { floor }) {
				if (page === 1) floors.push(floor);
			},
		});
		const [early, late] = [daysAgo(200), daysAgo(100)];
		await ingest(source, db, { cut: early, since: late });
		await ingest(source, db, { cut: early });
		await ingest(source, db);
		expect(floors).toEqual([late, early, null]);
	});

	it("reaches back only so far by itself, further for --since, and no further than the retention", async () => {
		const db = await open();
		const floors: (string | null)[] = [];
		const noted = scripted({
			entries: calls,
			before(page, _, { floor }) {
				if (page === 1) floors.push(floor);
			},
		});
		const source = { ...noted, reachMs: 90 * 86_400_000 };
		const [early, late] = [daysAgo(200), daysAgo(25)];
		await ingest(source, db, { cut: late });
		await ingest(source, db);
		const { infos } = await ingest(source, db, { since: early });
		expect(infos).toHaveLength(1);
		expect(floors).toEqual([late, expect.any(String), early]);
		expect(Math.abs(Date.parse(floors[1] ?? "") - Date.parse(daysAgo(90)))).toBeLessThan(60_000);
		// What it reaches back to moves with the clock, which is no reason to read anything again.
		expect(await ingest(source, db)).toMatchObject({ result: { counts: { read: 0 } }, infos: [] });
	});

	it("keeps in reach what it reached once, and reaches its own distance after a shorter --since", async () => {
		const db = await open();
		const floors: (string | null)[] = [];
		const reaching = (entries: typeof calls) => ({
			...scripted({ entries, before: (_page, _attempt, { floor }) => void floors.push(floor) }),
			reachMs: 30 * 86_400_000,
		});
		await ingest(reaching(calls.slice(0, 5)), db, { since: daysAgo(3) });
		// What lies between 30 days ago and 3 was never stored.
		expect((await ingest(reaching(calls.slice(0, 5)), db)).infos).toHaveLength(1);
		const [before] = await db.query<{ floor: string }>(
			"UPDATE checkpoints SET floor = floor - interval '9 days' RETURNING floor",
		);
		expect((await ingest(reaching(calls), db)).infos).toEqual([]);
		expect(floors.at(-1)).toBe(before?.floor);
	});
});

async function cutsAt(db: Database, ...nows: string[]): Promise<string[]> {
	const cuts = await Promise.all(nows.map((now) => computeCut(db, parseRetention("6mo"), now)));
	return cuts.filter((cut) => cut !== null);
}
