import type { Database } from "@tidemark/db";
import { describeOnPostgres } from "@tidemark/db/testing";
import { makeLogs, startPortkey } from "@tidemark/world/portkey";
import { expect, it } from "vitest";
import { cursorIn, flagsFor, idsOf, ingestPortkey, storedIds } from "./ingest-portkey.ts";

const dayMs = 86_400_000;
const since = new Date(Date.now() - 20 * dayMs).toISOString().replace("Z", "000Z");
const logs = makeLogs({ count: 60, from: Date.now() - 10 * dayMs, to: Date.now() - dayMs });

async function makeOld(db: Database): Promise<void> {
	const yesterday = new Date(Date.now() - 25 * 3_600_000).toISOString();
	await db.query("UPDATE checkpoints SET cursor = jsonb_set(cursor, '{running,createdAt}', to_jsonb($1::text))", [
		yesterday,
	]);
}

describeOnPostgres("an export of PortKey's", (open) => {
	it("that outlives a run is taken up by the next, which makes no other", async () => {
		const db = await open();
		await using world = await startPortkey({ logs, switches: { polls: 200 } });
		const first = await ingestPortkey(db, flagsFor(world), { since });
		expect(first.result).toMatchObject({ outcome: "partial", counts: { read: 0 } });
		expect(first.result.message).toMatch(/^PortKey's export \S+ is still "in_progress"; the next run takes it up$/);
		expect(first.waits.reduce((sum, ms) => sum + ms)).toBeLessThanOrEqual(6 * 60_000);
		expect(await cursorIn(db)).toMatchObject({ running: { id: world.exports[0]?.id } });
		world.switches.polls = 1;
		const second = await ingestPortkey(db, flagsFor(world), { since });
		expect(second.result.outcome).toBe("done");
		expect(world.exports.filter(({ status }) => status !== "draft")).toHaveLength(1);
		expect(await storedIds(db)).toEqual(idsOf(world));
		expect((await cursorIn(db))?.running).toBeUndefined();
	});

	it("that was only drafted when a run was stopped is started by the next", async () => {
		const db = await open();
		await using world = await startPortkey({ logs });
		const stop = new AbortController();
		// As if it were stopped between the two requests.
		world.faults.script({ kind: "hang" }, { path: "/start" });
		const hanging = ingestPortkey(db, flagsFor(world), { since, cancel: stop.signal });
		await expect.poll(() => world.requests.some(({ path }) => path.endsWith("/start"))).toBe(true);
		stop.abort();
		expect((await hanging).result.outcome).toBe("cancelled");
		expect(await cursorIn(db)).toMatchObject({ running: { id: world.exports[0]?.id } });
		// However long ago that was: it could not have got old.
		await makeOld(db);
		await ingestPortkey(db, flagsFor(world), { since });
		expect(world.exports[0]?.status).toBe("success");
		expect(await storedIds(db)).toEqual(idsOf(world));
	});

	it("that has failed or was stopped fails the run with one line, and the next asks again", async () => {
		for (const endsAs of ["failed", "failure", "error", "stopped", "cancelled", "canceled"]) {
			const db = await open();
			await using world = await startPortkey({ logs, switches: { endsAs } });
			const { result } = await ingestPortkey(db, flagsFor(world), { since });
			expect(result.outcome).toBe("failed");
			expect(String(result.error)).toMatch(/PortKey's export \S+ has (failed|been stopped)\.$/);
			expect(await cursorIn(db)).toEqual({});
			world.switches.endsAs = "success";
			expect((await ingestPortkey(db, flagsFor(world), { since })).result.outcome).toBe("done");
			expect(await storedIds(db)).toEqual(idsOf(world));
		}
	});

	it("that is still running after a day is cancelled, and the next run asks again", async () => {
		const db = await open();
		await using world = await startPortkey({ logs, switches: { polls: Number.POSITIVE_INFINITY } });
		await ingestPortkey(db, flagsFor(world), { since });
		await makeOld(db);
		const { result } = await ingestPortkey(db, flagsFor(world), { since });
		expect(String(result.error)).toMatch(/is still "in_progress" after a day, and was cancelled\.$/);
		expect(world.exports[0]?.status).toBe("stopped");
		expect(await cursorIn(db)).toEqual({});
	});

	it("that PortKey does not know any more is asked for again", async () => {
		const db = await open();
		await using world = await startPortkey({ logs, switches: { polls: 200 } });
		await ingestPortkey(db, flagsFor(world), { since });
		await using other = await startPortkey({ logs });
		await db.query("UPDATE checkpoints SET target = $1", [new URL(other.url).host]);
		const { result, notices } = await ingestPortkey(db, flagsFor(other), { since });
		expect(result.outcome).toBe("done");
		expect(notices[0]).toMatch(/^PortKey's export \S+ is gone: asking for its logs again\.$/);
		expect(await storedIds(db)).toEqual(idsOf(other));
	});

	it("stays where it is while the key is refused, and is read once it is right again", async () => {
		const db = await open();
		await using world = await startPortkey({ logs, switches: { polls: 200 } });
		await ingestPortkey(db, flagsFor(world), { since });
		const before = await cursorIn(db);
		const { result } = await ingestPortkey(db, flagsFor({ ...world, key: "another-key" }), { since });
		expect(result.outcome).toBe("failed");
		expect(await cursorIn(db)).toEqual(before);
		world.switches.polls = 0;
		await ingestPortkey(db, flagsFor(world), { since });
		expect(await storedIds(db)).toEqual(idsOf(world));
		expect(world.exports.filter(({ status }) => status !== "draft")).toHaveLength(1);
	});
});
