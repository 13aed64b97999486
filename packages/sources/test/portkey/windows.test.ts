import { describeOnPostgres } from "@tidemark/db/testing";
import { makeLogs, startPortkey, workspace } from "@tidemark/world/portkey";
import { expect, it } from "vitest";
import { cursorIn, flagsFor, idsOf, ingestPortkey, storedIds } from "./ingest-portkey.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const since = new Date(Date.now() - 30 * dayMs).toISOString().replace("Z", "000Z");

/** Logs of the last ten days, up to ten minutes ago. */
const tenDays = (count: number, seed = 1) =>
	makeLogs({ count, from: Date.now() - 10 * dayMs, to: Date.now() - hourMs / 6, seed });

describeOnPostgres("the windows of PortKey's exports", (open) => {
	it("are halved by the announced total until none holds more than an export", async () => {
		const db = await open();
		await using world = await startPortkey({ logs: tenDays(900) });
		const { result } = await ingestPortkey(db, flagsFor(world), { exportLimit: 200, since });
		expect(result).toMatchObject({ outcome: "done", counts: { read: 900, inserted: 1800, rejected: 0 } });
		expect(await storedIds(db)).toEqual(idsOf(world));
		const started = world.exports.filter(({ status }) => status === "success");
		expect(started.every(({ lines }) => lines.length < 200)).toBe(true);
		expect(world.violations).toEqual([]);
	});

	it("are half-open: a log on the very edge is read once", async () => {
		const db = await open();
		const logs = tenDays(400);
		await using world = await startPortkey({ logs });
		const { result } = await ingestPortkey(db, flagsFor(world), { exportLimit: 50, since });
		expect(result.counts).toMatchObject({ read: 400, inserted: 800, unchanged: 0 });
		const windows = world.exports.filter(({ status }) => status === "success").map(({ body }) => body.filters);
		for (const [index, { time_of_generation_min }] of windows.entries()) {
			const before = windows[index - 1]?.time_of_generation_max;
			if (before) expect(String(time_of_generation_min) >= before).toBe(true);
		}
	});

	it("are read in pages where a single second holds more than an export", async () => {
		const db = await open();
		const second = Math.floor((Date.now() - dayMs) / 1000) * 1000;
		await using world = await startPortkey({ logs: makeLogs({ count: 250, from: second, to: second + 1 }) });
		const { result } = await ingestPortkey(db, flagsFor(world), { exportLimit: 100, since });
		expect(result).toMatchObject({ outcome: "done", counts: { read: 250 } });
		expect(await storedIds(db)).toEqual(idsOf(world));
		const pages = world.exports
			.filter(({ status }) => status === "success")
			.map(({ body }) => body.filters.current_page);
		expect(pages).toEqual([0, 1, 2]);
	});

	it("go back to the floor and no further, and end minutes before now, for logs are indexed late", async () => {
		const db = await open();
		await using world = await startPortkey({ logs: tenDays(10) });
		await ingestPortkey(db, flagsFor(world), { since });
		const [first] = world.exports;
		expect(first?.body.filters.time_of_generation_min).toBe(`${since.slice(0, 23)}Z`);
		const end = Date.parse(first?.body.filters.time_of_generation_max ?? "");
		expect(Date.now() - end).toBeGreaterThanOrEqual(5 * 60_000);
		// PortKey's clock has no milliseconds.
		const upTo = Date.parse((await cursorIn(db))?.upTo ?? "");
		expect(upTo).toBeLessThanOrEqual(end);
		expect(upTo).toBeGreaterThan(end - 2000);
	});

	it("overlap those of the run before, so that logs with old times that appear late are found", async () => {
		const db = await open();
		await using world = await startPortkey({ logs: tenDays(300) });
		await ingestPortkey(db, flagsFor(world), { since });
		world.logs.push(...makeLogs({ count: 40, from: Date.now() - hourMs, to: Date.now() - hourMs / 6, seed: 9 }));
		const { result } = await ingestPortkey(db, flagsFor(world), { since });
		expect(result.counts.inserted).toBe(80);
		expect(await storedIds(db)).toEqual(idsOf(world));
	});

	it("move on also where nothing was logged, and no export is started for nothing", async () => {
		const db = await open();
		await using world = await startPortkey();
		const { result } = await ingestPortkey(db, flagsFor(world), { since });
		expect(result).toMatchObject({ outcome: "done", counts: { read: 0 } });
		expect(world.exports.map(({ status }) => status)).toEqual(["draft"]);
		expect((await cursorIn(db))?.upTo).toBeDefined();
	});

	it("never end beyond PortKey's own clock, where this machine's is ahead", async () => {
		const db = await open();
		await using world = await startPortkey({ logs: tenDays(50) });
		world.clock.skewMs = -2 * hourMs;
		await ingestPortkey(db, flagsFor(world), { since });
		const upTo = Date.parse((await cursorIn(db))?.upTo ?? "");
		expect(upTo).toBeLessThanOrEqual(Date.now() - 2 * hourMs - 5 * 60_000);
		expect(await storedIds(db)).toEqual(idsOf(world));
	});

	it("name the workspace by its slug, describe themselves and ask for no texts", async () => {
		const db = await open();
		await using world = await startPortkey({ logs: tenDays(3) });
		await ingestPortkey(db, flagsFor(world, { workspace: workspace.slug }), { since });
		const [first] = world.exports;
		expect(first?.body).toMatchObject({ workspace_id: workspace.slug, description: "Automated ingestion export" });
		expect(first?.body.requested_data).not.toContain("request");
		expect(first?.body.requested_data).not.toContain("response");
		expect(first?.lines.join()).not.toContain("Question");
	});
});
