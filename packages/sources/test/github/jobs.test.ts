import { describeOnPostgres, emptyTables } from "@tidemark/db/testing";
import type { AttemptScript, JobScript } from "@tidemark/world/github";
import { describe, expect, it } from "vitest";
import { start } from "./busy-world.ts";
import { addressesOf, requestsSince } from "./requests.ts";
import { goodTick } from "./tick.ts";
import { days, hours, later } from "./truth.ts";
import { withoutPauses } from "./without-pauses.ts";
import { single, worldOf } from "./world-of.ts";

const at = (minutes: number, seconds = 0) => later(start, minutes * 60_000 + seconds * 1000);
const canonical = (time: string) => time.replace("Z", ".000000Z");
const job = (name: string, from: string, to: string | null, more: Partial<JobScript> = {}): JobScript => ({
	name,
	createdAt: from,
	startedAt: from,
	completedAt: to,
	...more,
});
const attempts = `SELECT run_attempt, completed_at, completed_at_is_estimate AS estimate, duration_seconds AS duration,
queue_seconds AS queue FROM workflow_runs ORDER BY github_run_id, run_attempt`;
const jobs = `SELECT run_attempt, job_name AS name, copied, duration_seconds AS duration, queue_seconds AS queue
FROM workflow_jobs ORDER BY run_attempt, job_name`;
const lookups = "SELECT run_attempt, state, tries, job_count FROM job_lookups ORDER BY github_run_id DESC, run_attempt";

withoutPauses();

describeOnPostgres("the jobs of a run", (open) => {
	const db = emptyTables(open);

	it("T12: know its duration and queue, also if a re-run has moved run_started_at", async () => {
		const first = { startedAt: at(0), endedAt: at(10), conclusion: "failure", jobs: [job("a", at(1), at(9))] };
		const second = { startedAt: at(90), endedAt: at(97), jobs: [job("a", at(90, 20), at(96))] };
		await using github = await worldOf([{ id: 1, createdAt: at(0), attempts: [first, second] }], { now: at(200) });
		await goodTick(db(), github);
		expect(await db().query(attempts)).toEqual([
			{ run_attempt: 1, completed_at: canonical(at(9)), estimate: false, duration: 480, queue: 60 },
			{ run_attempt: 2, completed_at: canonical(at(96)), estimate: false, duration: 340, queue: 20 },
		]);
	});

	it("T13: know its end, which does not move when the run is touched 20 days later", async () => {
		const attempt = { endedAt: at(10), jobs: [job("a", at(1), at(9))] };
		await using github = await worldOf([{ ...single(1, at(0), attempt), touchedAt: later(at(0), days(20)) }]);
		github.clock.set(at(60));
		await goodTick(db(), github);
		const before = await db().query(attempts);
		expect(before).toMatchObject([{ completed_at: canonical(at(9)), estimate: false, duration: 480 }]);
		github.clock.set(later(at(0), days(21)));
		await goodTick(db(), github);
		expect(await db().query("SELECT github_updated_at AS at FROM workflow_runs")).toEqual([
			{ at: canonical(later(at(0), days(20))) },
		]);
		expect(await db().query(attempts)).toEqual(before);
	});

	it("T13: leave the end to updated_at if none of them ran, and say that it is an estimate", async () => {
		const skipped = job("a", at(1), at(1), { conclusion: "skipped" });
		await using github = await worldOf([single(1, at(0), { endedAt: at(10), conclusion: "skipped", jobs: [skipped] })]);
		github.clock.set(at(60));
		await goodTick(db(), github);
		expect(await db().query(attempts)).toMatchObject([
			{ completed_at: canonical(at(10)), estimate: true, duration: 600, queue: null },
		]);
	});

	describe.each(["same-id", "new-id"] as const)("that a re-run took over with the %s", (copiesJobs) => {
		it("T14: count once: three jobs and one again are the minutes of four", async () => {
			const first: AttemptScript = {
				startedAt: at(0),
				endedAt: at(10),
				conclusion: "failure",
				jobs: [job("a", at(1), at(3)), job("b", at(1), at(4)), job("c", at(2), at(10), { conclusion: "failure" })],
			};
			const again = { startedAt: at(60), endedAt: at(66), copiesJobs, jobs: [job("c", at(61), at(66))] };
			await using github = await worldOf([{ id: 1, createdAt: at(0), attempts: [first, again] }], { now: at(200) });
			await goodTick(db(), github);
			const seconds = (minutes: number) => ({ copied: false, duration: minutes * 60, queue: 0 });
			const copy = { copied: true, duration: null, queue: null };
			expect(await db().query(jobs)).toEqual([
				{ run_attempt: 1, name: "a", ...seconds(2) },
				{ run_attempt: 1, name: "b", ...seconds(3) },
				{ run_attempt: 1, name: "c", ...seconds(8) },
				{ run_attempt: 2, name: "a", ...copy },
				{ run_attempt: 2, name: "b", ...copy },
				{ run_attempt: 2, name: "c", ...seconds(5) },
			]);
			expect(await db().query(attempts)).toMatchObject([
				{ duration: 540, queue: 60 },
				{ duration: 300, queue: 60 },
			]);
		});
	});

	it("T15: that end before they start have no duration, neither clamped nor negative, and are kept", async () => {
		const backwards = [
			job("by 1 s", at(5), at(4, 59)),
			job("by 22 days", later(at(5), days(22)), at(5)),
			job("created late", at(5), at(6), { createdAt: at(5, 30) }),
		];
		await using github = await worldOf([single(1, at(0), { endedAt: at(10), jobs: backwards })]);
		github.clock.set(later(at(0), days(23)));
		await goodTick(db(), github);
		expect(await db().query(jobs)).toMatchObject([
			{ name: "by 1 s", duration: null, queue: null },
			{ name: "by 22 days", duration: null, queue: null },
			{ name: "created late", duration: 60, queue: null },
		]);
		expect(await db().query(attempts)).toMatchObject([{ duration: 60, queue: 300 }]);
	});

	it("T16: with null or absurd times, without steps or a name, are stored with nulls", async () => {
		const year1 = "0001-01-01T00:00:00Z";
		const odd = [
			{ ...job("a", at(1), at(2)), override: { started_at: null, completed_at: null, created_at: null } },
			{ ...job("b", at(1), at(2)), override: { started_at: year1, completed_at: year1, steps: null } },
			{ ...job("c", at(1), at(2)), override: { labels: null, runner_name: null, html_url: null, conclusion: null } },
		];
		await using github = await worldOf([single(1, at(0), { endedAt: at(10), jobs: odd })], { now: at(200) });
		const { targets } = await goodTick(db(), github);
		expect(targets.map(({ counts }) => counts.rejected)).toEqual([0, 0, 0, 0]);
		const shown = "SELECT queued_at, started_at, completed_at, steps, labels FROM workflow_jobs ORDER BY job_name";
		const none = { started_at: null, completed_at: null, steps: null };
		expect(await db().query(shown)).toEqual([
			{ ...none, queued_at: canonical(at(0)), labels: ["ubuntu-latest"] },
			{ ...none, queued_at: canonical(at(1)), labels: ["ubuntu-latest"] },
			{
				queued_at: canonical(at(1)),
				started_at: canonical(at(1)),
				completed_at: canonical(at(2)),
				steps: null,
				labels: null,
			},
		]);
	});

	it("T18: with NUL, emoji, 300 characters or an unknown end are stored as they are; one without an id costs itself", async () => {
		const long = "x".repeat(300);
		const odd = [
			job("a\u0000🚀", at(1), at(2), { labels: [long, "\u0000"], runnerName: "\u0000", conclusion: "half_done" }),
			job(long, at(1), at(2), { steps: [{ name: "\u0000🚀", startedAt: at(1), completedAt: at(2) }] }),
			job("nobody", at(1), at(2), { override: { id: null } }),
		];
		await using github = await worldOf([single(1, at(0), { endedAt: at(10), jobs: odd })], {
			now: at(200),
			validate: false,
		});
		const { targets } = await goodTick(db(), github);
		expect(targets.at(-1)).toMatchObject({ outcome: "done", counts: { rejected: 1 } });
		const shown =
			"SELECT job_name AS name, conclusion, labels, steps->0->>'name' AS step FROM workflow_jobs ORDER BY name";
		expect(await db().query(shown)).toEqual([
			{ name: "a🚀", conclusion: "half_done", labels: [long, ""], step: null },
			{ name: long, conclusion: "success", labels: ["ubuntu-latest"], step: "🚀" },
		]);
		expect(await db().query(lookups)).toEqual([{ run_attempt: 1, state: "done", tries: 1, job_count: 3 }]);
	});

	it("T20: are read to the end: 257 on three pages", async () => {
		const matrix = Array.from({ length: 257 }, (_, index) => job(`shard ${index}`, at(1), at(2, index)));
		await using github = await worldOf([single(1, at(0), { endedAt: at(10), jobs: matrix })], { now: at(200) });
		await goodTick(db(), github);
		expect(await db().query("SELECT count(*)::int AS count FROM workflow_jobs")).toEqual([{ count: 257 }]);
		expect(await db().query(lookups)).toEqual([{ run_attempt: 1, state: "done", tries: 1, job_count: 257 }]);
		expect(addressesOf(github.requests).filter((address) => address.includes("/jobs"))).toHaveLength(3);
	});

	it("T21: that cannot be had now or ever cost nobody else's: noted with the reason, and only the former asked again", async () => {
		const runs = [1, 2, 3, 4].map((id) => {
			const begun = at(id * 10);
			const own = job("a", begun, later(begun, 60_000));
			return single(id, begun, { endedAt: later(begun, 120_000), jobs: [own] });
		});
		await using github = await worldOf(runs, { now: at(200) });
		const stop = github.onRequest(({ path }) => {
			if (path.endsWith("/actions/runs")) setImmediate(() => github.app.deleteRun(2));
		});
		github.faults.script({ kind: "answer", status: 410 }, { path: "/runs/1/attempts/1/jobs" });
		github.faults.script({ kind: "answer", status: 502 }, { path: "/runs/3/attempts/1/jobs", times: 5 });
		await goodTick(db(), github);
		stop();
		expect(await db().query(lookups)).toEqual([
			{ run_attempt: 1, state: "done", tries: 1, job_count: 1 },
			{ run_attempt: 1, state: "failed", tries: 1, job_count: null },
			{ run_attempt: 1, state: "gone", tries: 1, job_count: null },
			{ run_attempt: 1, state: "gone", tries: 1, job_count: null },
		]);
		const [failed] = await db().query<{ reason: string }>("SELECT reason FROM job_lookups WHERE state = 'failed'");
		expect(failed?.reason).toContain("GitHub did not answer");
		github.clock.advance(hours(6));
		const begun = github.requests.length;
		await goodTick(db(), github);
		const asked = addressesOf(requestsSince(github, begun)).filter((address) => address.includes("/jobs"));
		expect(asked).toEqual(["/repos/acme/app/actions/runs/3/attempts/1/jobs?per_page=100&page=1"]);
		expect(await db().query("SELECT github_run_id AS id FROM workflow_jobs ORDER BY id")).toEqual([
			{ id: 3 },
			{ id: 4 },
		]);
	});

	it("are asked for at once for all attempts of a run, and never again", async () => {
		const attempt = (hour: number) => ({
			startedAt: at(hour * 60),
			endedAt: at(hour * 60 + 10),
			conclusion: "failure",
			jobs: [job("a", at(hour * 60 + 1), at(hour * 60 + 9))],
		});
		await using github = await worldOf([{ id: 1, createdAt: at(0), attempts: [0, 1, 2].map(attempt) }], {
			now: at(200),
		});
		await goodTick(db(), github);
		await goodTick(db(), github);
		const asked = addressesOf(github.requests).filter((address) => address.includes("/jobs"));
		expect(asked).toEqual(["/repos/acme/app/actions/runs/1/jobs?filter=all&per_page=100&page=1"]);
		expect(await db().query(lookups)).toHaveLength(3);
	});
});
