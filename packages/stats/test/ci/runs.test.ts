import { type Database, type Row, save } from "@tidemark/db";
import { describeOnBothEngines } from "@tidemark/db/testing";
import { beforeAll, describe, expect, test } from "vitest";
import type { OverviewOptions } from "../../src/index.ts";
import { about, pick, readJson } from "../read-json.ts";
import { at, attempt, shop } from "./sample-runs.ts";

const since = "2026-01-01T00:00:00.000000Z";

async function ciOf(db: Database, options: Partial<OverviewOptions> = {}) {
	return (await readJson(db, { since, ...options })).ci;
}

describeOnBothEngines("the runs of a period", (open) => {
	let db: Database;

	async function store(runs: Row<"workflow_runs">[], repositories: Row<"repositories">[] = [shop]): Promise<void> {
		db = await open();
		await save(db, { repositories, workflow_runs: runs });
	}

	describe("that ended in every way there is", () => {
		beforeAll(async () => {
			const neither = ["cancelled", "cancelled", "skipped", "neutral", "action_required", "stale", "moon_phase"];
			await store([
				...[1, 2, 3, 4, 5].map((id) => attempt(id, "success")),
				...["failure", "timed_out", "startup_failure"].map((conclusion, index) => attempt(11 + index, conclusion)),
				...neither.map((conclusion, index) => attempt(21 + index, conclusion)),
				attempt(31, null, { status: "in_progress" }),
				attempt(32, null, { status: "in_progress", goneAt: at(60) }),
				attempt(33, null),
			]);
		});

		test("T44: succeed or fail in the success rate, and count beside it otherwise, by name", async () => {
			const { total } = await ciOf(db);
			expect(total).toMatchObject({ runs: 18, attempts: 18, success_rate: 5 / 8, success_known: 8 });
			expect(total.outcomes).toEqual([
				{ outcome: "success", runs: 5 },
				{ outcome: "cancelled", runs: 2 },
				...["action_required", "deleted unfinished", "failure", "moon_phase", "neutral", "no conclusion"].map(once),
				...["not finished", "skipped", "stale", "startup_failure", "timed_out"].map(once),
			]);
		});

		function once(outcome: string) {
			return { outcome, runs: 1 };
		}
	});

	describe("of which some were run again", () => {
		beforeAll(async () => {
			await store([
				// Failed, then succeeded: flaky.
				attempt(1, "failure"),
				attempt(1, "success", { runAttempt: 2 }),
				// Cancelled in between does not hide it.
				attempt(2, "timed_out"),
				attempt(2, "cancelled", { runAttempt: 2 }),
				attempt(2, "success", { runAttempt: 3 }),
				// Succeeded, then failed: not flaky by the definition.
				attempt(3, "success"),
				attempt(3, "failure", { runAttempt: 2 }),
				// A first attempt that GitHub no longer reports counts in nothing.
				attempt(4, null, { status: null, goneAt: at(60) }),
				attempt(4, "success", { runAttempt: 2 }),
				attempt(5, "failure"),
				attempt(6, "skipped"),
			]);
		});

		test("count by their newest attempt", async () => {
			const { total } = await ciOf(db);
			expect(total).toMatchObject({ runs: 6, attempts: 10, success_rate: 3 / 5, success_known: 5 });
		});

		test("pass at the first attempt, are run again and are flaky, each among those that can be", async () => {
			const { total, completeness } = await ciOf(db);
			expect(total).toMatchObject({ first_pass_rate: 1 / 4, first_pass_known: 4 });
			expect(total).toMatchObject({ rerun_rate: 4 / 6, runs: 6, rerun_runs: 4 });
			expect(total).toMatchObject({ flaky_rate: 2 / 5, flaky_known: 5, flaky_runs: 2 });
			expect(completeness.lost_attempts).toBe(1);
		});
	});

	test("are for the default branch unless a pull request or a fork has a branch called the same", async () => {
		await store(
			[
				attempt(1, "success"),
				attempt(2, "failure", { headRepository: "ACME/shop" }),
				attempt(3, "failure", { branch: "feature" }),
				attempt(4, "failure", { eventType: "pull_request", headRepository: "acme/shop" }),
				attempt(5, "failure", { eventType: "workflow_run", headRepository: "somebody/shop" }),
				attempt(6, "success", { repositoryId: 2, repository: "acme/old", branch: "master" }),
				attempt(7, "failure", { repositoryId: 3, repository: "acme/unknown", branch: "main" }),
			],
			[shop, { repositoryId: 2, repository: "acme/old", defaultBranch: "master" }],
		);
		const { total } = await ciOf(db);
		expect(total).toMatchObject({ default_branch_success_rate: 2 / 3, default_branch_success_known: 3 });
		expect(total.success_known).toBe(7);
	});

	test("of a renamed workflow are one series under its newest name, of two workflows of one name are two", async () => {
		await store([
			attempt(1, "success", { workflowName: "Tests", runCreatedAt: at(1) }),
			attempt(2, "success", { workflowName: "Checks", runCreatedAt: at(2) }),
			attempt(3, "success", { workflowName: null, runCreatedAt: at(3) }),
			attempt(4, "failure", { workflowId: 8, workflowName: "Checks" }),
			attempt(5, "success", { workflowId: 9, workflowName: null, workflowPath: ".github/workflows/release.yml" }),
			attempt(6, "success", { repositoryId: 2, repository: "acme/old-name", workflowId: null, workflowName: null }),
		]);
		const { workflows } = await ciOf(db);
		expect(pick(workflows, "repository", "workflow", "runs")).toEqual([
			["acme/shop", "Checks", 3],
			["acme/old-name", null, 1],
			["acme/shop", ".github/workflows/release.yml", 1],
			["acme/shop", "Checks", 1],
		]);
	});

	test("go by the present name of a repository that was renamed", async () => {
		await store([
			attempt(1, "success", { repository: "acme/store" }),
			attempt(2, "failure"),
			attempt(3, "success", { repositoryId: 2, repository: "acme/docs" }),
		]);
		const { repositories } = await ciOf(db, { by: "repository" });
		expect(pick(repositories, "name", "runs", "success_rate")).toEqual([
			["acme/shop", 2, 0.5],
			["acme/docs", 1, 1],
		]);
	});

	describe("with times", () => {
		beforeAll(async () => {
			const measured = (id: number, seconds: number) => ({ durationSeconds: seconds, queueSeconds: id });
			await store([
				...Array.from({ length: 20 }, (_, index) =>
					attempt(index + 1, "success", measured(index + 1, 60 * (index + 1))),
				),
				// Each attempt has a duration of its own, whatever its conclusion.
				attempt(31, "failure", { workflowId: 8, ...measured(4, 100) }),
				attempt(31, "cancelled", { workflowId: 8, runAttempt: 2, ...measured(6, 300) }),
				// Touched 20 days later, and no job ran: nobody knows how long it took.
				attempt(32, "skipped", { workflowId: 8, completedAtIsEstimate: true, durationSeconds: 20 * 86_400 }),
				// Its jobs were not asked for yet.
				attempt(33, "success", { workflowId: 8 }),
			]);
		});

		test("have median and p95 of all attempts, by interpolation", async () => {
			const { workflows } = await ciOf(db);
			expect(workflows[0]).toMatchObject({
				duration_p50_seconds: about(630),
				duration_p95_seconds: about(1143),
				duration_known: 20,
				queue_p50_seconds: about(10.5),
				queue_p95_seconds: about(19.05),
				queue_known: 20,
			});
		});

		test("have no p95 under 20 of them, and no duration where only an estimate is known", async () => {
			const { workflows, total } = await ciOf(db);
			expect(workflows[1]).toMatchObject({
				...{ duration_p50_seconds: 200, duration_p95_seconds: null, duration_known: 2 },
				...{ queue_p50_seconds: 5, queue_p95_seconds: null, queue_known: 2 },
				duration_estimates: 1,
			});
			expect([total.duration_known, total.duration_estimates]).toEqual([22, 1]);
		});
	});

	describe("around the end of summer time in Berlin", () => {
		beforeAll(async () => {
			const times = [
				"2026-10-24T21:59:59.999999Z",
				"2026-10-24T22:00:00Z",
				"2026-10-25T22:59:59Z",
				"2026-10-25T23:00:00Z",
			];
			await store(
				times.map((runCreatedAt, index) =>
					attempt(index, "success", { runCreatedAt, durationSeconds: index, queueSeconds: 1 }),
				),
			);
		});

		test("belong to the day of their creation, which has 25 hours", async () => {
			const { days } = await ciOf(db, { by: "day", zone: "Europe/Berlin" });
			expect(pick(days, "name", "runs", "duration_p50_seconds")).toEqual([
				["2026-10-24", 1, 0],
				["2026-10-25", 2, 1.5],
				["2026-10-26", 1, 3],
			]);
		});

		test("belong to other days in UTC", async () => {
			const { days, total } = await ciOf(db, { by: "day" });
			expect(pick(days, "name", "runs")).toEqual([
				["2026-10-24", 2],
				["2026-10-25", 2],
			]);
			expect(total.trend.runs.reduce((sum, runs) => sum + runs, 0)).toBe(4);
		});

		test("begin with the instant of `since` and end before that of `until`", async () => {
			const { total } = await ciOf(db, { since: "2026-10-24T22:00:00Z", until: "2026-10-25T23:00:00Z" });
			expect(total.runs).toBe(2);
		});
	});

	test("of an empty period leave everything unknown but where the newest run is", async () => {
		await store([attempt(1, "success", { runCreatedAt: "2025-12-01T00:00:00Z" })]);
		const { total, newest_ever, workflows, runners, days, time_to_green } = await ciOf(db, { by: "day" });
		expect(newest_ever).toBe("2025-12-01T00:00:00.000000Z");
		expect(total).toMatchObject({
			runs: 0,
			...{ success_rate: null, success_known: 0 },
			rerun_rate: null,
			...{ duration_p50_seconds: null, duration_p95_seconds: null },
			...{ minutes: null, wasted_share: null, cost_usd: null, list_cost_usd: null },
		});
		expect([workflows, runners, days, time_to_green.median_seconds]).toEqual([[], [], null, null]);
	});
});
