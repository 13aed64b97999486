import { describeOnPostgres, emptyTables } from "@tidemark/db/testing";
import { createSecondaryLimit } from "@tidemark/world/github";
import { expect, it } from "vitest";
import { evenly, start } from "./busy-world.ts";
import { addressesOf, askedTwice, requestsSince } from "./requests.ts";
import { goodTick, tick } from "./tick.ts";
import { days, expectEveryAttempt, hours, later } from "./truth.ts";
import { withoutPauses } from "./without-pauses.ts";
import { far, worldOf } from "./world-of.ts";

/** Runs with one job each. */
const withJobs = (count: number) =>
	evenly(count, 60_000).map((run) => ({
		...run,
		attempts: run.attempts.map((attempt) => ({
			...attempt,
			jobs: [{ startedAt: attempt.startedAt, completedAt: attempt.endedAt ?? null }],
		})),
	}));
const now = later(start, days(1));

withoutPauses();

describeOnPostgres("the requests of an hour", (open) => {
	const db = emptyTables(open);
	const countJobs = async () => {
		const [row] = await db().query<{ count: number }>("SELECT count(*)::int AS count FROM workflow_jobs");
		return row?.count;
	};

	it("T22: when they are used up, what is done stays, and the next runs go on without asking anything twice", async () => {
		const runs = withJobs(40);
		await using github = await worldOf(runs, { now });
		github.addToken("test-token", { limit: 30 });
		const first = await goodTick(db(), github);
		expect(first.targets.map(({ source, outcome, message }) => [source, outcome, message])).toEqual([
			["github:runs", "done", undefined],
			["github:pulls", "done", undefined],
			["github:commits", "done", undefined],
			["github:jobs", "partial", "GitHub's 30 requests per hour are used up; they renew at 01:00 UTC"],
		]);
		expect(github.requests).toHaveLength(30);
		await expectEveryAttempt(db(), runs, now);
		expect(await countJobs()).toBe(26);
		// Before the hour is over the answer is no, at once.
		const inVain = await goodTick(db(), github);
		expect(inVain.targets.map(({ outcome }) => outcome)).toEqual(["partial", "partial", "partial", "partial"]);
		expect(github.requests).toHaveLength(31);
		github.clock.advance(hours(1));
		expect((await goodTick(db(), github)).targets.map(({ outcome }) => outcome)).toEqual([
			"done",
			"done",
			"done",
			"done",
		]);
		expect(await countJobs()).toBe(40);
		expect(askedTwice(github.requests).filter((address) => address.includes("/jobs"))).toEqual([]);
		const before = await db().query("SELECT * FROM workflow_runs ORDER BY github_run_id");
		const begun = github.requests.length;
		await goodTick(db(), github);
		expect(addressesOf(requestsSince(github, begun)).some((address) => /runs\/\d/.test(address))).toBe(false);
		expect(await db().query("SELECT * FROM workflow_runs ORDER BY github_run_id")).toEqual(before);
	});

	it("T22: when they are used up in the middle of a list, the next run takes it up there, with what is new", async () => {
		const runs = evenly(900, 60_000);
		await using github = await worldOf(runs, { now, validate: false });
		github.addToken("test-token", { limit: 6 });
		const arriving = evenly(120, 1000, later(now, -hours(1))).map(far);
		const asked: (string | undefined)[] = [];
		for (const [hour, more] of [[], arriving, [], []].entries()) {
			for (const run of more) github.app.addRun(run);
			const begun = github.requests.length;
			const ticked = await goodTick(db(), github, { only: ["github:runs"] });
			const pages = requestsSince(github, begun).flatMap(({ query: { page } }) => page ?? []);
			asked.push(`${ticked.targets[0]?.outcome} ${pages.join(" ")}`);
			if (hour < 3) github.clock.advance(hours(1));
		}
		// 500 rows; the head, and from row 620 on, where the 500th stands now; the head, and from row 800 on; the head.
		expect(asked).toEqual(["partial 1 2 3 4 5", "partial 1 2 7 8 9", "done 1 2 9 10 11", "done 1 2"]);
		await expectEveryAttempt(db(), [...runs, ...arriving], github.clock.iso());
	});

	it("are left to others by a quarter, if nothing else is said", async () => {
		await using github = await worldOf(withJobs(40), { now });
		github.addToken("test-token", { limit: 40 });
		const ticked = await goodTick(db(), github, { flags: { "keep-free": "25%" } });
		expect(ticked.targets.at(-1)?.message).toBe(
			"GitHub's 40 requests per hour are used up, less the 25 % that --keep-free leaves to others; they renew at 01:00 UTC",
		);
		expect(github.requests).toHaveLength(30);
	});

	it("are never more than --max-requests, also when one in three fails", async () => {
		await using github = await worldOf(withJobs(12), { now });
		github.faults.random({ kind: "reset" }, { seed: 3, probability: 0.3 });
		for (let run = 1; run <= 6; run++) {
			const begun = github.requests.length;
			await tick(db(), github, { flags: { "max-requests": "8" } });
			expect(requestsSince(github, begun).length).toBeLessThanOrEqual(8);
		}
		expect(await countJobs()).toBe(12);
	});

	it("are shared among repositories: a large one starves no other, and runs come before jobs", async () => {
		await using github = await worldOf(withJobs(150), { now });
		for (const name of ["acme/small", "acme/tiny"]) {
			const repository = github.addRepository(name);
			for (const run of withJobs(5)) repository.addRun({ ...run, id: repository.id + (run.id ?? 0) });
		}
		github.addToken("test-token", { limit: 60 });
		const ticked = await goodTick(db(), github, { flags: { repo: ["acme/app", "acme/small", "acme/tiny"] } });
		expect(github.requests.length).toBeLessThanOrEqual(60);
		const partial = ticked.targets.filter(({ outcome }) => outcome === "partial");
		expect(partial.map(({ source, target, message }) => [source, target, message])).toEqual([
			["github:jobs", "acme/app", "its share of the requests is used; the rest is for the other repositories"],
		]);
		const stored = `SELECT repository, count(*)::int AS runs, count(completed_at)::int AS with_jobs FROM workflow_runs
GROUP BY repository ORDER BY repository`;
		expect(await db().query(stored)).toEqual([
			{ repository: "acme/app", runs: 150, with_jobs: expect.any(Number) },
			{ repository: "acme/small", runs: 5, with_jobs: 5 },
			{ repository: "acme/tiny", runs: 5, with_jobs: 5 },
		]);
	});

	it("T23: when GitHub asks for ten minutes of rest, the run ends as partial instead of sleeping", async () => {
		await using github = await worldOf(withJobs(5), { now });
		const rest = createSecondaryLimit({ status: 403, retryAfterMs: 600_000, saysSo: false });
		github.faults.script(rest, { path: "/jobs", nth: 3 });
		const ticked = await goodTick(db(), github);
		expect(ticked.targets.at(-1)).toMatchObject({
			outcome: "partial",
			message: expect.stringContaining("until 2026-03-02"),
		});
		expect(await countJobs()).toBe(2);
		github.clock.advance(hours(1));
		await goodTick(db(), github);
		expect(await countJobs()).toBe(5);
	});

	it("T42: a collection that hangs ends with Ctrl-C, keeps what it has, and is gone on with", async () => {
		const runs = evenly(250, 60_000);
		await using github = await worldOf(runs, { now });
		github.faults.script({ kind: "hang" }, { path: "page=3" });
		const cancel = new AbortController();
		github.onRequest(({ query }) => {
			if (query.page === "3") setImmediate(() => cancel.abort());
		});
		const { targets } = await goodTick(db(), github, { only: ["github:runs"], cancel: cancel.signal });
		expect(targets).toMatchObject([{ outcome: "cancelled" }]);
		expect(await db().query("SELECT count(*)::int AS count FROM workflow_runs")).toEqual([{ count: 200 }]);
		await goodTick(db(), github, { only: ["github:runs"] });
		await expectEveryAttempt(db(), runs, now);
	});
});
