import { describeOnPostgres, emptyTables } from "@tidemark/db/testing";
import { expect, it } from "vitest";
import { evenly, start } from "./busy-world.ts";
import { goodTick } from "./tick.ts";
import { days, expectEveryAttempt, hours, iso, later, storedAttempts } from "./truth.ts";
import { far, worldOf } from "./world-of.ts";

const runsOnly = { only: ["github:runs"] };
const minute = 60_000;

describeOnPostgres("the list of runs", (open) => {
	const db = emptyTables(open);

	it("T3: is not believed if the index lags or answers nothing: every run is there after the next ticks", async () => {
		const runs = evenly(400, 1000);
		await using github = await worldOf(runs, {
			now: later(start, 400_000),
			unfilteredCap: 100,
			indexLagMs: 200_000,
			validate: false,
		});
		github.faults.random({ kind: "empty-list" }, { seed: 7, probability: 0.3 });
		await goodTick(db(), github, runsOnly);
		// What the index did not know yet was not listed.
		expect((await storedAttempts(db())).length).toBeLessThan(400);
		const young = evenly(450, 1000).slice(400);
		for (const run of young) github.app.addRun(run);
		for (let tick = 1; tick <= 4; tick++) {
			github.clock.advance(hours(6));
			await goodTick(db(), github, runsOnly);
			// News come from the list, which is not the index.
			expect(await storedAttempts(db())).toContain("450 1 success");
		}
		await expectEveryAttempt(db(), [...runs, ...young], github.clock.iso());
	});

	it("T3: is asked for again if the index answered nothing, also if the requests were used up in between", async () => {
		const runs = evenly(2200, minute);
		const now = later(start, 2200 * minute);
		await using github = await worldOf(runs, { now, unfilteredCap: 100, validate: false });
		github.addToken("test-token", { limit: 12 });
		// The third window: the newest quarter, which is taken as empty then.
		github.faults.script({ kind: "empty-list" }, { nth: 3, times: 2 });
		const outcomes: unknown[] = [];
		for (let tick = 1; tick <= 9; tick++) {
			const { targets } = await goodTick(db(), github, { ...runsOnly, since: canonical(start) });
			outcomes.push(targets[0]?.outcome);
			github.clock.advance(hours(1));
		}
		expect(outcomes).toContain("partial");
		expect(outcomes.at(-1)).toBe("done");
		await expectEveryAttempt(db(), runs, github.clock.iso());
	});

	it("T4: of a second with more runs than GitHub lists is reported, asked for again, and holds up nobody", async () => {
		const crowd = evenly(1200, 0, later(start, hours(1)))
			.map(far)
			.map(far);
		const others = [...evenly(60, minute), ...evenly(100, minute, later(start, hours(2))).map(far)];
		await using github = await worldOf([...others, ...crowd], {
			now: later(start, days(1)),
			unfilteredCap: 100,
			validate: false,
		});
		const sinceThen = { ...runsOnly, since: canonical(later(start, -hours(1))) };
		const first = await goodTick(db(), github, sinceThen);
		const warning = "acme/app: GitHub lists only 1000 of the runs created from 2026-03-01T01:00:00Z on";
		expect(first.warnings.join()).toContain(warning);
		const stored = await storedAttempts(db());
		expect(stored).toHaveLength(160 + 1000);
		expect(stored).toEqual(expect.arrayContaining(others.map(({ id }) => `${id} 1 success`)));
		github.clock.advance(hours(6));
		expect((await goodTick(db(), github, sinceThen)).warnings.join()).toContain(warning);
	});

	it("T5: loses none and doubles none when 30 runs arrive between two pages", async () => {
		const runs = evenly(350, minute);
		await using github = await worldOf(runs, { now: later(start, days(1)), validate: false });
		const arriving = evenly(30, 1000, later(start, hours(23))).map(far);
		const stop = github.onRequest(({ query }) => {
			if (query.page !== "2") return;
			stop();
			for (const run of arriving) github.app.addRun(run);
		});
		await goodTick(db(), github, runsOnly);
		const stored = await storedAttempts(db());
		expect(stored).toEqual(expect.arrayContaining(runs.map(({ id }) => `${id} 1 success`)));
		github.clock.advance(hours(6));
		await goodTick(db(), github, runsOnly);
		await expectEveryAttempt(db(), [...runs, ...arriving], github.clock.iso());
	});

	it("T6: loses none when five are deleted between two pages, also while others arrive", async () => {
		const runs = evenly(350, minute);
		await using github = await worldOf(runs, { now: later(start, days(1)), validate: false });
		const arriving = evenly(3, 1000, later(start, hours(23))).map(far);
		const stop = github.onRequest(({ query }) => {
			if (query.page !== "2") return;
			stop();
			for (const id of [346, 347, 348, 349, 350]) github.app.deleteRun(id);
			for (const run of arriving) github.app.addRun(run);
		});
		await goodTick(db(), github, runsOnly);
		// Those that were deleted had been listed on the first page: they are kept.
		await expectEveryAttempt(db(), [...runs, ...arriving], github.clock.iso());
	});

	it("T32: closes a gap of three ticks, and one of sixty days", async () => {
		const runs = evenly(520, hours(4));
		await using github = await worldOf(runs, { now: start, validate: false });
		for (const at of [days(3), days(4), days(64), days(87)]) {
			github.clock.set(later(start, at));
			await goodTick(db(), github, runsOnly);
			await expectEveryAttempt(db(), runs, iso(Date.parse(start) + at));
		}
	});
});

function canonical(time: string): string {
	return time.replace("Z", ".000000Z");
}
