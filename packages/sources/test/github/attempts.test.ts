import type { Database } from "@tidemark/db";
import { describeOnPostgres, emptyTables } from "@tidemark/db/testing";
import type { RunScript, SimulatedGithub } from "@tidemark/world/github";
import { expect, it } from "vitest";
import { evenly, start } from "./busy-world.ts";
import { addressesOf, requestsSince } from "./requests.ts";
import { goodTick } from "./tick.ts";
import { days, expectEveryAttempt, hours, later, storedAttempts } from "./truth.ts";
import { far, single, worldOf } from "./world-of.ts";

const runsOnly = { only: ["github:runs"] };
const list = "/repos/acme/app/actions/runs";
const minutes = (count: number) => count * 60_000;

describeOnPostgres("an attempt of a run", (open) => {
	const db = emptyTables(open);

	/** Collects at a time after the start, and answers what was asked for. */
	async function collectAt(github: SimulatedGithub, ms: number): Promise<string[]> {
		github.clock.set(later(start, ms));
		const begun = github.requests.length;
		await goodTick(db(), github, runsOnly);
		return addressesOf(requestsSince(github, begun));
	}

	it("T7: that lasts three ticks is stored while it runs, and asked for by id until it has ended", async () => {
		const long = single(1, start, { endedAt: later(start, hours(13)) });
		const others = evenly(150, minutes(5), later(start, minutes(1))).map(far);
		await using github = await worldOf([long, ...others]);
		for (const at of [hours(0.01), hours(6), hours(12)]) {
			await collectAt(github, at);
			expect(await storedAttempts(db())).toContain("1 1 in_progress");
		}
		expect(await collectAt(github, hours(18))).toContain(`${list}/1`);
		await expectEveryAttempt(db(), [long, ...others], github.clock.iso());
		expect(await collectAt(github, hours(24))).not.toContain(`${list}/1`);
	});

	it("T7: that is stuck for 34 days delays nobody and costs one request a tick", async () => {
		const stuck = single(1, start, { endedAt: later(start, days(34)), conclusion: "cancelled" });
		const others = evenly(150, hours(6), later(start, hours(1))).map(far);
		await using github = await worldOf([stuck, ...others]);
		for (const day of [1, 8, 15, 22, 29, 33.9]) {
			const asked = await collectAt(github, days(day));
			await expectEveryAttempt(db(), [stuck, ...others], github.clock.iso());
			expect(asked.filter((address) => address === `${list}/1`).length).toBeLessThanOrEqual(1);
			expect(asked.length).toBeLessThanOrEqual(5);
		}
		await collectAt(github, days(34.1));
		expect(await storedAttempts(db())).toContain("1 1 cancelled");
	});

	it("T8: of the collection itself, which always is in progress, is completed by the next one", async () => {
		const own = single(1, later(start, hours(6)), { endedAt: later(start, hours(6) + minutes(3)) });
		await using github = await worldOf([own]);
		await collectAt(github, hours(6) + minutes(1));
		expect(await storedAttempts(db())).toEqual(["1 1 in_progress"]);
		await collectAt(github, hours(12));
		expect(await storedAttempts(db())).toEqual(["1 1 success"]);
	});

	it("T9: that failed is stored though it was re-run before anybody looked, and is written once", async () => {
		const run: RunScript = {
			id: 1,
			createdAt: start,
			attempts: [
				{ startedAt: start, endedAt: later(start, minutes(10)), conclusion: "failure" },
				{ startedAt: later(start, hours(1)), endedAt: later(start, hours(1.2)) },
				{ startedAt: later(start, days(9)), endedAt: later(start, days(9) + minutes(5)), conclusion: "timed_out" },
			],
		};
		await using github = await worldOf([run, ...evenly(150, hours(1), later(start, minutes(1))).map(far)]);
		await collectAt(github, hours(2));
		expect(await attemptsOfRun(db())).toEqual(["1 failure", "2 success"]);
		const written = await stampsOfRun(db());
		await collectAt(github, days(5));
		const asked = await collectAt(github, days(9.25));
		expect(await attemptsOfRun(db())).toEqual(["1 failure", "2 success", "3 timed_out"]);
		expect(await stampsOfRun(db())).toEqual(expect.arrayContaining(written));
		expect(asked.filter((address) => address.startsWith(`${list}/1/`))).toEqual([]);
	});

	it("T10: that is re-run on the 29th day is found within a day, and the sweep that found it is on record", async () => {
		const rerun: RunScript = {
			id: 1,
			createdAt: start,
			attempts: [
				{ startedAt: start, endedAt: later(start, minutes(10)), conclusion: "failure" },
				{ startedAt: later(start, days(28.4)), endedAt: later(start, days(28.4) + minutes(10)) },
			],
		};
		const runs = [rerun, ...evenly(180, hours(4), later(start, minutes(1))).map(far)];
		await using github = await worldOf(runs);
		await collectAt(github, days(28));
		await collectAt(github, days(28.5));
		// It stands behind a hundred younger ones, which are not all listed at each tick.
		expect(await attemptsOfRun(db())).toEqual(["1 failure"]);
		await collectAt(github, days(29));
		await expectEveryAttempt(db(), runs, github.clock.iso());
		const [home] = await db().query("SELECT swept_at FROM repositories");
		expect(home).toEqual({ swept_at: later(start, days(29)).replace("Z", ".000000Z") });
	});

	it("T11: that has ended is not set back by a page that was listed before its end", async () => {
		const run = single(1, start, { endedAt: later(start, minutes(10)), conclusion: "failure" });
		await using github = await worldOf([run]);
		github.clock.set(later(start, minutes(5)));
		const stale = await (await fetch(`${github.url}${list}`, { headers: { "user-agent": "test" } })).json();
		await collectAt(github, hours(1));
		const ended = await stampsOfRun(db());
		github.faults.script({ kind: "answer", status: 200, body: stale }, { path: `${list}?` });
		await collectAt(github, hours(2));
		expect(await stampsOfRun(db())).toEqual(ended);
		expect(await attemptsOfRun(db())).toEqual(["1 failure"]);
	});

	it("T11: that has ended stays as it ended while a re-run of it is running", async () => {
		const run: RunScript = {
			id: 1,
			createdAt: start,
			attempts: [
				{ startedAt: start, endedAt: later(start, minutes(10)), conclusion: "failure" },
				{ startedAt: later(start, hours(1)) },
			],
		};
		await using github = await worldOf([run]);
		await collectAt(github, hours(0.5));
		const ended = await stampsOfRun(db());
		await collectAt(github, hours(2));
		expect(await attemptsOfRun(db())).toEqual(["1 failure", "2 in_progress"]);
		expect(await stampsOfRun(db())).toEqual(expect.arrayContaining(ended));
	});

	it("T35: of a run that GitHub deleted stays; only what was not finished is asked for and marked as gone, once", async () => {
		const runs = [single(1, start, { endedAt: later(start, minutes(10)) }), single(2, later(start, minutes(1)), {})];
		await using github = await worldOf(runs);
		await collectAt(github, hours(1));
		github.clock.set(later(start, hours(2)));
		for (const { id = 0 } of runs) github.app.deleteRun(id);
		expect(await collectAt(github, hours(6))).toContain(`${list}/2`);
		const goneAt = "SELECT github_run_id AS id, gone_at FROM workflow_runs ORDER BY id";
		const kept = [
			{ id: 1, gone_at: null },
			{ id: 2, gone_at: later(start, hours(6)).replace("Z", ".000000Z") },
		];
		expect(await db().query(goneAt)).toEqual(kept);
		expect(await collectAt(github, hours(12))).not.toContain(`${list}/2`);
		expect(await db().query(goneAt)).toEqual(kept);
	});
});

/** Each attempt of run 1 with its conclusion, or its status while it has none. */
async function attemptsOfRun(db: Database): Promise<string[]> {
	return (await storedAttempts(db)).filter((line) => line.startsWith("1 ")).map((line) => line.slice(2));
}

/** When each attempt of run 1 was last written. */
function stampsOfRun(db: Database): Promise<unknown[]> {
	return db.query("SELECT run_attempt, status, conclusion, changed_at FROM workflow_runs WHERE github_run_id = 1");
}
