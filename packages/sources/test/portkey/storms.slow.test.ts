import { describeOnPostgres } from "@tidemark/db/testing";
import { type Fault, makeLogs, startPortkey } from "@tidemark/world/portkey";
import { expect, it } from "vitest";
import { cursorIn, flagsFor, idsOf, ingestPortkey, storedIds } from "./ingest-portkey.ts";

const dayMs = 86_400_000;
const since = new Date(Date.now() - 20 * dayMs).toISOString().replace("Z", "000Z");
const logs = makeLogs({ count: 1000, from: Date.now() - 10 * dayMs, to: Date.now() - dayMs });

const faults: readonly Fault[] = [
	{ kind: "answer", status: 429 },
	{ kind: "answer", status: 429, headers: { "retry-after": "7" } },
	{ kind: "answer", status: 503, headers: { "retry-after": new Date(Date.now() + 5000).toUTCString() } },
	{ kind: "answer", status: 500 },
	{ kind: "answer", status: 502 },
	{ kind: "answer", status: 504 },
	{ kind: "reset" },
];

describeOnPostgres("a PortKey that fails", (open) => {
	it("at three of ten requests is read to its end all the same, whatever the luck", async () => {
		for (let seed = 1; seed <= 20; seed++) {
			const db = await open();
			await using world = await startPortkey({ logs, switches: { polls: 5 } });
			world.faults.random(faults, { seed, probability: 0.3 });
			for (let run = 0; run < 3; run++) {
				const { result } = await ingestPortkey(db, flagsFor(world), { since, exportLimit: 150 });
				const { upTo = "" } = (await cursorIn(db)) ?? {};
				const behind = world.logs.filter(({ at }) => at < Date.parse(upTo || since));
				const stored = new Set(await storedIds(db));
				// Whatever happened, nothing before the checkpoint is missing.
				expect(behind.every(({ fields }) => stored.has(String(fields.id)))).toBe(true);
				if (result.outcome === "done") break;
				expect(String(result.error ?? result.message)).toMatch(/PortKey/);
			}
			expect(await storedIds(db)).toEqual(idsOf(world));
		}
	}, 120_000);

	it("is left alone as long as it asks", async () => {
		const db = await open();
		await using world = await startPortkey({ logs, switches: { polls: 0 } });
		world.faults.next(
			{ kind: "answer", status: 429, headers: { "retry-after": "30" } },
			{ kind: "answer", status: 503, headers: { "retry-after": "20" } },
		);
		const { waits } = await ingestPortkey(db, flagsFor(world), { since });
		expect(waits[0]).toBeGreaterThanOrEqual(30_000);
		expect(waits[1]).toBeGreaterThanOrEqual(20_000);
	});

	it("and asks for more patience than a run has ends the run early, and the next goes on", async () => {
		const db = await open();
		await using world = await startPortkey({ logs });
		world.faults.next({ kind: "answer", status: 429, headers: { "retry-after": "3600" } });
		const { result } = await ingestPortkey(db, flagsFor(world), { since });
		expect(result.outcome).toBe("partial");
		expect(result.message).toMatch(/^PortKey answered with 429 and asks to be left alone for 36\d\d s/);
		expect((await ingestPortkey(db, flagsFor(world), { since })).result.outcome).toBe("done");
		expect(await storedIds(db)).toEqual(idsOf(world));
	});

	it("for good ends with one line, and the checkpoint stays where it is", async () => {
		const db = await open();
		await using world = await startPortkey({ logs });
		world.faults.script({ kind: "answer", status: 502 }, { times: Number.POSITIVE_INFINITY });
		const { result } = await ingestPortkey(db, flagsFor(world), { since });
		expect(result.outcome).toBe("failed");
		expect(String(result.error)).toBe("Unavailable: PortKey answered with 502, 8 times in a row.");
		expect(await cursorIn(db)).toBeUndefined();
	});
});
