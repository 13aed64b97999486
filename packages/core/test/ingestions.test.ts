import { type Database, readCheckpoint } from "@tidemark/db";
import { expect, it } from "vitest";
import type { Reporter } from "../src/index.ts";
import { defineSource, makePlan } from "../src/index.ts";
import { describeOnEmptiedDatabase } from "../src/testing/describe-on-emptied-database.ts";
import { countRows } from "../src/testing/world.ts";
import { ingest } from "./scripted/ingest.ts";
import { calls, type ScriptedSource, scripted } from "./scripted/scripted-source.ts";

const ingestionsOf = (db: Database) => db.query("SELECT * FROM ingestions ORDER BY started_at");
const noCounts = { read: 0, inserted: 0, updated: 0, unchanged: 0, expired: 0, skipped: 0, rejected: 0 };

describeOnEmptiedDatabase("the table of ingestions", (open) => {
	it("has a row for each target and run, with what became of it", async () => {
		const db = await open();
		const since = "2026-01-01T00:01:00.000000Z";
		const source = scripted({ entries: [...calls(3), { id: 7 }], targets: ["one", "two"] });
		await ingest(source, db, { since });
		await ingest(source, db, { since });
		const place = { source: "scripted", outcome: "done", message: null, finished_at: expect.any(String) };
		expect(await ingestionsOf(db)).toMatchObject([
			{ ...place, target: "one", ...noCounts, read: 4, inserted: 2, skipped: 1, rejected: 1 },
			{ ...place, target: "two", ...noCounts, read: 4, unchanged: 2, skipped: 1, rejected: 1 },
			{ ...place, target: "one", ...noCounts },
			{ ...place, target: "two", ...noCounts },
		]);
	});

	it("says why one has failed, and what was stored before", async () => {
		const db = await open();
		const failing = scripted({
			entries: calls(6),
			before(page) {
				if (page === 3) throw new Error("the tape is torn");
			},
		});
		await ingest(failing, db);
		expect(await ingestionsOf(db)).toMatchObject([
			{ outcome: "failed", message: "the tape is torn", ...noCounts, read: 4, inserted: 4 },
		]);
	});

	it("shows one that is under way without an end", async () => {
		const db = await open();
		const seen: unknown[] = [];
		const source = scripted({
			entries: calls(2),
			async before() {
				seen.push(...(await ingestionsOf(db)));
			},
		});
		await ingest(source, db);
		expect(seen[0]).toMatchObject({ outcome: null, finished_at: null, ...noCounts });
	});
});

describeOnEmptiedDatabase("an entry that makes rows of two tables", (open) => {
	const instants = ["2025-06-01T00:00:00.000000Z", "2025-12-01T00:00:00.000000Z", "2026-02-01T00:00:00.000000Z"];
	/** Each call came with a coverage that is half a year older. */
	const source: ScriptedSource = {
		...scripted({ entries: calls(3) }),
		rows: ({ id, at }) => ({
			llm_calls: [{ timestamp: at, source: "scripted", sourceId: id }],
			coverage_snapshots: instants.map((createdAt, index) => ({
				repository: "us/tide",
				commitSha: `${id} ${index}`,
				flag: "",
				createdAt,
			})),
		}),
	};

	it("has all of them stored and counted", async () => {
		const db = await open();
		expect((await ingest(source, db)).result.counts).toMatchObject({ read: 3, inserted: 12 });
		expect(await countRows(db)).toEqual({ llm_calls: 3, coverage_snapshots: 9 });
		await db.query("DELETE FROM checkpoints");
		expect((await ingest(source, db)).result.counts).toMatchObject({ read: 3, inserted: 0, unchanged: 12 });
	});

	it("has each row judged by its own time", async () => {
		const db = await open();
		const options = { cut: "2025-09-01T00:00:00.000000Z", since: "2026-01-01T00:01:00.000000Z" };
		expect((await ingest(source, db, options)).result.counts).toMatchObject({
			read: 3,
			inserted: 2 + 3,
			expired: 3,
			skipped: 1 + 3,
		});
		expect(await countRows(db)).toEqual({ llm_calls: 2, coverage_snapshots: 3 });
	});
});

describeOnEmptiedDatabase("an ingestion", (open) => {
	it("reports progress after each page", async () => {
		const db = await open();
		const progress: Parameters<Reporter["progress"]>[0][] = [];
		const report = {
			info: () => undefined,
			warn: () => undefined,
			progress: (each: (typeof progress)[number]) => progress.push(each),
		};
		const plan = await makePlan({ db, retention: undefined, report });
		const source = defineSource(scripted({ entries: calls(5) }));
		for await (const { elapsedMs } of source.ingest(plan, { flags: {}, environment: {} })) {
			expect(elapsedMs).toBeGreaterThan(0);
		}
		expect(progress.map(({ source, target, read }) => [source, target, read])).toEqual([
			["scripted", "tape", 2],
			["scripted", "tape", 4],
			["scripted", "tape", 5],
		]);
	});

	it("of a target that holds nothing yet leaves no checkpoint", async () => {
		const db = await open();
		expect((await ingest(scripted({ entries: [] }), db)).result).toMatchObject({ outcome: "done", counts: noCounts });
		expect(await readCheckpoint(db, "scripted", "tape")).toBeUndefined();
	});
});
