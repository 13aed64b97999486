import { randomBytes } from "node:crypto";
import { type Database, listDeadLetters, listLastIngestions, readCheckpoint, TelemetryError } from "@tidemark/db";
import { expect, it } from "vitest";
import { describeOnEmptiedDatabase } from "../src/testing/describe-on-emptied-database.ts";
import { ingest } from "./scripted/ingest.ts";
import { calls, type ScriptedEntry, type ScriptedSource, scripted } from "./scripted/scripted-source.ts";
import { storedIds } from "./scripted/stored.ts";

const lettersOf = async (db: Database) =>
	(await listDeadLetters(db, { limit: 1000 })).sort((left, right) => left.at.localeCompare(right.at));

/** Hands all entries over as one page. */
function onOnePage(entries: readonly unknown[]): ScriptedSource {
	return {
		...scripted({ entries }),
		async *read() {
			yield {
				items: entries.map((entry, index) => ({ at: `entry ${index}`, entry })),
				cursor: { next: entries.length },
			};
		},
	};
}

function withChanges(entries: readonly ScriptedEntry[], changed: Readonly<Record<number, object>>): unknown[] {
	return entries.map((entry, index) => ({ ...entry, ...changed[index] }));
}

describeOnEmptiedDatabase("a row that the database refuses", (open) => {
	it("becomes a dead letter with the reason, and costs nothing else of its page", async () => {
		const db = await open();
		const tooLong = randomBytes(4000).toString("hex");
		const entries = withChanges(calls(10), {
			1: { at: null },
			2: { at: "no time" },
			5: { status: 99_999_999_999 },
			8: { id: tooLong },
		});
		const { result } = await ingest(onOnePage(entries), db);
		expect(result).toMatchObject({ outcome: "done", counts: { read: 10, inserted: 6, rejected: 4 } });
		expect(await storedIds(db)).toEqual([0, 3, 4, 6, 7, 9].map((number) => `call-${number}`));
		expect(await lettersOf(db)).toMatchObject([
			{ at: "entry 1", reason: expect.stringMatching(/^the database refused it: null value in column "timestamp"/) },
			{
				at: "entry 2",
				reason: 'the database refused it: invalid input syntax for type timestamp with time zone: "no time"',
			},
			{ at: "entry 5", reason: 'the database refused it: value "99999999999" is out of range for type integer' },
			{
				at: "entry 8",
				reason: expect.stringMatching(/^the database refused it: index row/),
				entry: { id: tooLong },
			},
		]);
		expect((await readCheckpoint(db, "scripted", "tape"))?.cursor).toEqual({ next: 10 });
	});

	it("may have company: a page of nothing else is passed", async () => {
		const db = await open();
		const entries = calls(7).map(({ id }) => ({ id, at: null }));
		const { result } = await ingest(onOnePage(entries), db);
		expect(result).toMatchObject({ outcome: "done", counts: { read: 7, inserted: 0, rejected: 7 } });
		expect(await lettersOf(db)).toHaveLength(7);
		expect((await readCheckpoint(db, "scripted", "tape"))?.cursor).toEqual({ next: 7 });
	});

	it("takes the other rows of its entry with it", async () => {
		const db = await open();
		const source: ScriptedSource = {
			...onOnePage(withChanges(calls(3), { 1: { at: null } })),
			rows: ({ id, at }) => ({
				coverage_snapshots: [
					{ repository: "us/tide", commitSha: id, flag: "", createdAt: "2026-01-01T00:00:00.000000Z" },
				],
				llm_calls: [{ timestamp: at, source: "scripted", sourceId: id }],
			}),
		};
		expect((await ingest(source, db)).result).toMatchObject({ outcome: "done", counts: { inserted: 4, rejected: 1 } });
		const snapshots = await db.query("SELECT commit_sha AS id FROM coverage_snapshots ORDER BY 1");
		expect(snapshots).toEqual([{ id: "call-0" }, { id: "call-2" }]);
	});
});

describeOnEmptiedDatabase("an entry that cannot be parsed", (open) => {
	it("becomes a dead letter with the reason and what was read", async () => {
		const db = await open();
		const source: ScriptedSource = {
			...onOnePage(withChanges(calls(4), { 1: { id: 7 } })),
			rows(entry) {
				if (entry.id === "call-2") throw new Error("call-2 is never counted");
				return scripted({ entries: [] }).rows(entry);
			},
		};
		const { result, warned } = await ingest(source, db);
		expect(result).toMatchObject({ outcome: "done", counts: { read: 4, inserted: 2, rejected: 2 } });
		expect(await lettersOf(db)).toMatchObject([
			{
				at: "entry 1",
				reason: "id: Invalid input: expected string, received number",
				entry: { id: 7 },
				retryable: true,
			},
			{ at: "entry 2", reason: "call-2 is never counted", entry: { id: "call-2" }, retryable: true },
		]);
		expect(warned).toEqual([
			"entry 1: id: Invalid input: expected string, received number",
			"entry 2: call-2 is never counted",
			"scripted tape: 2 entries kept as dead letters (pnpm telemetry dead-letters list).",
		]);
	});

	it("keeps its text if it is none at all", async () => {
		const db = await open();
		const source: ScriptedSource = {
			...scripted({ entries: [] }),
			async *read() {
				yield { items: [{ at: "line 1", text: "{ broken", spoilt: "not JSON" }] };
			},
		};
		expect((await ingest(source, db)).result.counts).toMatchObject({ read: 1, rejected: 1 });
		expect(await lettersOf(db)).toMatchObject([
			{ at: "line 1", reason: "not JSON", text: "{ broken", entry: null, retryable: false },
		]);
	});

	it("is reported with its place five times, and then counted", async () => {
		const db = await open();
		const source = scripted({ entries: Array.from({ length: 8 }, (_, id) => ({ id })) });
		const { warned } = await ingest(source, db);
		expect(warned.map((text) => text.slice(0, 8))).toEqual(
			[0, 1, 2, 3, 4].map((n) => `entry ${n}:`).concat("scripted"),
		);
		expect(warned.at(-1)).toBe(
			"scripted tape: 3 more like these; 8 entries kept as dead letters (pnpm telemetry dead-letters list).",
		);
	});
});

/** A number of calls, the first of which are bad. */
const partlyBad = ({ all, bad }: { all: number; bad: number }) =>
	scripted({ entries: calls(all).map((call, index) => (index < bad ? { at: call.at } : call)) });

describeOnEmptiedDatabase("a limit to the share of bad entries", (open) => {
	it("fails a target that is above it, with all that is good stored", async () => {
		const db = await open();
		const { result } = await ingest(partlyBad({ all: 20, bad: 3 }), db, { maxBad: 0.1 });
		expect(result).toMatchObject({ outcome: "failed", counts: { read: 20, inserted: 17, rejected: 3 } });
		expect(result.error).toBeInstanceOf(TelemetryError);
		expect(result.error).toMatchObject({
			message: "scripted tape: 3 of 20 entries were bad (15 %), more than 10 %.",
			why: "What was good is stored; the bad ones are kept as dead letters.",
			fix: expect.stringContaining("--max-bad (TELEMETRY_MAX_BAD)"),
		});
		expect(await storedIds(db)).toHaveLength(17);
		expect((await readCheckpoint(db, "scripted", "tape"))?.cursor).toEqual({ next: 20 });
		expect(await listLastIngestions(db, 1)).toMatchObject([
			{ outcome: "failed", message: "scripted tape: 3 of 20 entries were bad (15 %), more than 10 %.", rejected: 3 },
		]);
	});

	it("holds for shares above it only", async () => {
		const db = await open();
		expect((await ingest(partlyBad({ all: 20, bad: 2 }), db, { maxBad: 0.1 })).result.outcome).toBe("done");
	});

	it("of nothing at all tolerates no bad entry", async () => {
		const db = await open();
		expect((await ingest(partlyBad({ all: 200, bad: 1 }), db, { maxBad: 0 })).result.error).toMatchObject({
			message: "scripted tape: 1 of 200 entries were bad (0.5 %), more than 0 %.",
		});
	});

	it("is not judged by fewer than twenty entries", async () => {
		const db = await open();
		expect((await ingest(partlyBad({ all: 19, bad: 19 }), db, { maxBad: 0.1 })).result.outcome).toBe("done");
	});

	it("is off unless it is set", async () => {
		const db = await open();
		expect((await ingest(partlyBad({ all: 30, bad: 30 }), db)).result.outcome).toBe("done");
	});
});
