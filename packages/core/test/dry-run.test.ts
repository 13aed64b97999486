import { expect, it } from "vitest";
import { describeOnEmptiedDatabase } from "../src/testing/describe-on-emptied-database.ts";
import { ingest } from "./scripted/ingest.ts";
import { calls, scripted } from "./scripted/scripted-source.ts";
import { contentOf } from "./scripted/stored.ts";

describeOnEmptiedDatabase("a dry run", (open) => {
	const entries = [
		...calls(6),
		{ id: 7, at: "2026-01-01T00:06:00.000000Z" },
		{ id: "call-8", at: "2025-12-31T00:00:00.000000Z" },
	];
	const since = "2026-01-01T00:02:00.000000Z";

	it("reports what would happen and writes nothing", async () => {
		const db = await open();
		const empty = await contentOf(db);
		const { result, warned } = await ingest(scripted({ entries }), db, {
			dryRun: true,
			since,
			cut: "2026-01-01T00:00:00.000000Z",
		});
		expect(result).toMatchObject({
			outcome: "done",
			counts: { read: 8, inserted: 0, updated: 0, unchanged: 0, expired: 1, skipped: 2, rejected: 1 },
		});
		expect(warned).toEqual([
			"entry 6: id: Invalid input: expected string, received number",
			"scripted tape: 1 entry would become a dead letter.",
		]);
		expect(await contentOf(db)).toEqual(empty);
	});

	it("begins where an ingestion would, and leaves its checkpoint", async () => {
		const db = await open();
		await ingest(scripted({ entries: calls(4) }), db);
		const before = await contentOf(db);
		expect((await ingest(scripted({ entries }), db, { dryRun: true })).result.counts.read).toBe(4);
		expect(await contentOf(db)).toEqual(before);
	});

	it("takes no lease: it runs beside an ingestion", async () => {
		const db = await open();
		const results: unknown[] = [];
		const ingesting = scripted({
			entries: calls(4),
			async before(page) {
				if (page === 2) results.push((await ingest(scripted({ entries }), db, { dryRun: true })).result.outcome);
			},
		});
		expect((await ingest(ingesting, db)).result.outcome).toBe("done");
		expect(results).toEqual(["done"]);
	});

	it("fails if too much is bad, and says that nothing was stored", async () => {
		const db = await open();
		const { result } = await ingest(scripted({ entries: Array(20).fill({}) }), db, { dryRun: true, maxBad: 0 });
		expect(result).toMatchObject({ outcome: "failed", error: { why: "This was a dry run: nothing was stored." } });
	});

	it("fails if its source does", async () => {
		const db = await open();
		const failing = scripted({
			entries,
			before() {
				throw new Error("the tape is torn");
			},
		});
		expect((await ingest(failing, db, { dryRun: true })).result).toMatchObject({
			outcome: "failed",
			error: { message: "the tape is torn" },
		});
	});
});
