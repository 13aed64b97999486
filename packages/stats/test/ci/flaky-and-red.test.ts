import { type Database, type Row, save } from "@tidemark/db";
import { describeOnBothEngines } from "@tidemark/db/testing";
import { describe, expect, test } from "vitest";
import { pick, readJson } from "../read-json.ts";
import { at, attempt, job, shop } from "./sample-runs.ts";

const since = "2026-01-01T00:00:00.000000Z";

describeOnBothEngines("what fails", (open) => {
	async function ciOf(workflow_runs: Row<"workflow_runs">[], workflow_jobs: Row<"workflow_jobs">[] = []) {
		const db: Database = await open();
		await save(db, { repositories: [shop], workflow_runs, workflow_jobs });
		return (await readJson(db, { since })).ci;
	}

	/** An attempt that ended so many minutes past ten. */
	function ended(id: number, minutes: number, conclusion: string, facts: Partial<Row<"workflow_runs">> = {}) {
		return attempt(id, conclusion, { completedAt: at(minutes), ...facts });
	}

	describe("on the default branch", () => {
		test("is red from the first failure to the next success, whatever is cancelled in between", async () => {
			const { red, time_to_green } = await ciOf([
				ended(1, 0, "success"),
				ended(2, 10, "failure"),
				ended(3, 20, "cancelled"),
				ended(4, 30, "timed_out"),
				ended(5, 50, "success"),
				ended(6, 60, "failure"),
				ended(7, 80, "success"),
			]);
			expect(red).toEqual([]);
			expect(time_to_green).toEqual({ median_seconds: 30 * 60, closed: 2, closed_by_same_commit: 0 });
		});

		test("is still red where no success came, since the first failure of the row", async () => {
			const { red, time_to_green } = await ciOf([
				ended(1, 0, "success"),
				ended(2, 10, "failure"),
				ended(3, 20, "failure"),
				ended(4, 30, "cancelled"),
				ended(5, 5, "failure", { workflowId: 8, workflowName: "Nightly" }),
			]);
			expect(pick(red, "workflow", "since", "maybe_earlier")).toEqual([
				// The other one has no known success: it may have been red for longer.
				["Nightly", "2026-02-02T10:05:00.000000Z", true],
				["CI", "2026-02-02T10:10:00.000000Z", false],
			]);
			expect(time_to_green).toEqual({ median_seconds: null, closed: 0, closed_by_same_commit: 0 });
		});

		test("turns green by a re-run too, which says that it was flaky", async () => {
			const { time_to_green } = await ciOf([
				ended(1, 10, "failure"),
				ended(1, 25, "success", { runAttempt: 2 }),
				ended(2, 30, "failure"),
				ended(3, 70, "success"),
			]);
			expect(time_to_green).toEqual({ median_seconds: (15 + 40) * 30, closed: 2, closed_by_same_commit: 1 });
		});

		test("goes by when attempts ended, and by GitHub's last change until their jobs are known", async () => {
			const { red } = await ciOf([
				ended(1, 60, "success"),
				attempt(2, "failure", { githubUpdatedAt: at(30) }),
				attempt(3, "failure", { githubUpdatedAt: at(70), workflowId: 8 }),
				ended(4, 65, "success", { workflowId: 8 }),
			]);
			expect(pick(red, "since")).toEqual([["2026-02-02T11:10:00.000000Z"]]);
		});

		test("is each workflow for itself, and no other branch", async () => {
			const { red } = await ciOf([
				ended(1, 0, "failure"),
				ended(2, 10, "success", { workflowId: 8 }),
				ended(3, 20, "success", { branch: "feature" }),
				ended(4, 30, "failure", { branch: "feature", workflowId: 8 }),
			]);
			expect(pick(red, "workflow")).toEqual([["CI"]]);
		});
	});

	describe("and succeeds for the same commit", () => {
		test("is a flaky job, with what its failures took", async () => {
			const again = { runAttempt: 2 };
			const { flaky_jobs, flaky_minutes } = await ciOf(
				[attempt(1, "failure"), attempt(1, "success", again), attempt(2, "failure"), attempt(2, "failure", again)],
				[
					job(1, 90, { conclusion: "failure", jobName: "e2e" }),
					job(1, 30, { conclusion: "failure", jobName: "renamed" }),
					job(1, 60, { jobName: "e2e", ...again }),
					job(1, null, { jobName: "lint", copied: true, ...again }),
					// Nothing came right in this run: it is broken, not flaky.
					job(2, 600, { conclusion: "failure", jobName: "e2e" }),
					job(2, 600, { conclusion: "failure", jobName: "e2e", ...again }),
				],
			);
			expect(flaky_jobs).toEqual([
				{
					repository: "acme/shop",
					workflow: "CI",
					job: "e2e",
					commits: 1,
					failures: 1,
					minutes_lost: 1.5,
				},
			]);
			expect(flaky_minutes).toBe(2);
		});

		test("is found across runs of a push or a schedule, but not of a pull request, whose base may have moved", async () => {
			const same = { commitSha: "same" };
			const pull = { ...same, workflowId: 8, eventType: "pull_request" };
			const { flaky_jobs, total, flaky_minutes } = await ciOf(
				[
					attempt(1, "failure", same),
					attempt(2, "success", { ...same, eventType: "schedule" }),
					attempt(3, "failure", pull),
					attempt(4, "success", pull),
					attempt(5, "failure", { commitSha: null }),
					attempt(6, "success", { commitSha: null }),
				],
				[1, 2, 3, 4, 5, 6].map((id) => job(id, 60, { conclusion: id % 2 ? "failure" : "success" })),
			);
			expect(pick(flaky_jobs, "workflow", "commits")).toEqual([["CI", 1]]);
			// No run failed and succeeded itself.
			expect([total.flaky_runs, flaky_minutes]).toEqual([0, 0]);
		});

		test("comes before those that flaked for fewer commits", async () => {
			const { flaky_jobs } = await ciOf(
				[1, 2].flatMap((id) => [attempt(id, "failure"), attempt(id, "success", { runAttempt: 2 })]),
				[1, 2].flatMap((id) => [
					job(id, 60, { conclusion: "failure", jobName: "often" }),
					job(id, 60, { runAttempt: 2, jobName: "often" }),
					job(id, 6000, { conclusion: id === 1 ? "failure" : "success", jobName: "once" }),
					job(id, 60, { runAttempt: 2, jobName: "once" }),
				]),
			);
			expect(pick(flaky_jobs, "job", "commits", "minutes_lost")).toEqual([
				["often", 2, 2],
				["once", 1, 100],
			]);
		});
	});
});
