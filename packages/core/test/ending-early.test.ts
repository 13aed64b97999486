import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { listLastIngestions } from "@tidemark/db";
import { expect, it } from "vitest";
import { EndedEarly, makePlan } from "../src/index.ts";
import { describeOnEmptiedDatabase } from "../src/testing/describe-on-emptied-database.ts";
import { ingest } from "./scripted/ingest.ts";
import { calls, scripted } from "./scripted/scripted-source.ts";
import { storedIds } from "./scripted/stored.ts";

const entries = calls(8);
const allIds = entries.map(({ id }) => id);

describeOnEmptiedDatabase("an ingestion that is cancelled", (open) => {
	it("ends after the page in flight, and the next one goes on from there", async () => {
		const db = await open();
		const cancelling = new AbortController();
		const source = scripted({ entries, before: (page) => (page === 2 ? cancelling.abort() : undefined) });
		const { result } = await ingest(source, db, { cancel: cancelling.signal });
		expect(result).toMatchObject({ outcome: "cancelled", counts: { read: 4, inserted: 4 } });
		expect(result.error).toBeUndefined();
		expect(await storedIds(db)).toEqual(allIds.slice(0, 4));
		expect(await listLastIngestions(db, 1)).toMatchObject([{ outcome: "cancelled", read: 4, inserted: 4 }]);

		expect((await ingest(source, db)).result).toMatchObject({ outcome: "done", counts: { read: 4, inserted: 4 } });
		expect(await storedIds(db)).toEqual(allIds);
	});

	it("ends a source that waits for the world", async () => {
		const db = await open();
		const cancelling = new AbortController();
		const waiting = scripted({
			entries,
			async before(page, _, { signal }) {
				if (page < 3) return;
				cancelling.abort();
				if (!signal.aborted) await once(signal, "abort");
				await sleep(60_000, undefined, { signal });
			},
		});
		const { result } = await ingest(waiting, db, { cancel: cancelling.signal });
		expect(result).toMatchObject({ outcome: "cancelled", counts: { read: 4 } });
		expect(await storedIds(db)).toEqual(allIds.slice(0, 4));
	});

	it("begins no other target", async () => {
		const db = await open();
		const cancelling = new AbortController();
		const source = scripted({ entries, targets: ["one", "two"], before: () => cancelling.abort() });
		const { results } = await ingest(source, db, { cancel: cancelling.signal });
		expect(results.map(({ target, outcome }) => [target, outcome])).toEqual([["one", "cancelled"]]);
	});
});

describeOnEmptiedDatabase("an ingestion whose time is up", (open) => {
	it("is partial, and the next one goes on from there", async () => {
		const db = await open();
		const slow = scripted({
			entries,
			async before(page, _, { signal }) {
				if (page === 3 && !signal.aborted) await once(signal, "abort");
			},
		});
		const { result } = await ingest(slow, db, { maxDurationMs: 1000 });
		expect(result).toMatchObject({ outcome: "partial", counts: { read: 6, inserted: 6 } });
		expect(await listLastIngestions(db, 1)).toMatchObject([
			{ outcome: "partial", message: "the time for this run is used up" },
		]);

		expect((await ingest(scripted({ entries }), db)).result).toMatchObject({ outcome: "done", counts: { read: 2 } });
		expect(await storedIds(db)).toEqual(allIds);
	});

	it("ends a source that waits for the world", async () => {
		const db = await open();
		const waiting = scripted({
			entries,
			before: (page, _, { signal }) => (page === 2 ? sleep(60_000, undefined, { signal }) : undefined),
		});
		expect((await ingest(waiting, db, { maxDurationMs: 200 })).result).toMatchObject({
			outcome: "partial",
			counts: { read: 2, inserted: 2 },
		});
	});

	it("was given any time, also fractions of milliseconds and months", async () => {
		const db = await open();
		for (const maxDurationMs of [3_960_000.0000000005, 5_184_000_000, 0.4]) {
			const { signal } = await makePlan({
				db,
				retention: undefined,
				maxDurationMs,
				report: { info: () => undefined, warn: () => undefined, progress: () => undefined },
			});
			await sleep(20);
			expect(signal.aborted).toBe(maxDurationMs < 1);
		}
	});
});

describeOnEmptiedDatabase("a source that ends early", (open) => {
	it("is partial with its reason, and the next run goes on from what was committed", async () => {
		const db = await open();
		const exhausted = scripted({
			entries,
			before(page) {
				if (page === 3) throw new EndedEarly("the requests for this run are used up");
			},
		});
		const { result } = await ingest(exhausted, db);
		expect(result).toMatchObject({ outcome: "partial", counts: { read: 4, inserted: 4 } });
		expect(result.error).toBeUndefined();
		expect(await listLastIngestions(db, 1)).toMatchObject([
			{ outcome: "partial", message: "the requests for this run are used up" },
		]);
		expect((await ingest(scripted({ entries }), db)).result).toMatchObject({ outcome: "done", counts: { read: 4 } });
		expect(await storedIds(db)).toEqual(allIds);
	});
});
