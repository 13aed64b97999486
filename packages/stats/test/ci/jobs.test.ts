import { type Database, type Row, save } from "@tidemark/db";
import { describeOnBothEngines } from "@tidemark/db/testing";
import { expect, test } from "vitest";
import { about, pick, readJson } from "../read-json.ts";
import { at, attempt, job, shop } from "./sample-runs.ts";

const since = "2025-01-01T00:00:00.000000Z";

interface World {
	readonly repositories?: Row<"repositories">[];
	readonly runs: Row<"workflow_runs">[];
	readonly jobs: Row<"workflow_jobs">[];
}

describeOnBothEngines("runner minutes and money", (open) => {
	async function ciOf({ repositories = [shop], runs, jobs }: World) {
		const db: Database = await open();
		await save(db, { repositories, workflow_runs: runs, workflow_jobs: jobs });
		return (await readJson(db, { since })).ci;
	}

	test("count a job that was carried over into a re-run once: three jobs, one run again, are four", async () => {
		const copied = { runAttempt: 2, copied: true, durationSeconds: null };
		const { total, completeness } = await ciOf({
			runs: [attempt(1, "failure"), attempt(1, "success", { runAttempt: 2 })],
			jobs: [
				job(1, 120, { jobName: "lint" }),
				job(1, 180, { jobName: "build" }),
				job(1, 240, { jobName: "test", conclusion: "failure" }),
				job(1, 120, { jobName: "lint", ...copied }),
				job(1, 180, { jobName: "build", ...copied }),
				job(1, 300, { jobName: "test", runAttempt: 2 }),
			],
		});
		expect(total).toMatchObject({ jobs: 4, minutes: 2 + 3 + 4 + 5, wasted_share: 9 / 14, wasted_minutes: 9 });
		expect([completeness.copied_jobs, completeness.impossible_jobs]).toEqual([2, 0]);
	});

	test("round each job up to whole minutes", async () => {
		const { total } = await ciOf({
			runs: [attempt(1, "success")],
			jobs: [0, 1, 60, 61].map((seconds) => job(1, seconds)),
		});
		expect(total).toMatchObject({ jobs: 4, minutes: 0 + 1 + 1 + 2, cost_usd: 0.024 });
	});

	test("leave out a job that ended before it began, and say how many there are", async () => {
		const backwards = { startedAt: "2026-02-24T10:00:00Z", completedAt: "2026-02-02T10:00:00Z", queueSeconds: null };
		const { total, completeness, runners } = await ciOf({
			runs: [attempt(1, "success")],
			jobs: [
				job(1, 90),
				job(1, null, backwards),
				job(1, null, { ...backwards, startedAt: "2026-02-02T10:00:01Z" }),
				// GitHub gives skipped jobs any times.
				job(1, null, { ...backwards, conclusion: "skipped" }),
				job(1, null, { status: "in_progress", conclusion: null, completedAt: null }),
			],
		});
		expect([total.jobs, total.minutes, completeness.impossible_jobs]).toEqual([1, 2, 2]);
		expect(runners[0]?.queue_known).toBe(1);
	});

	test("waste what failed, was cancelled or ran again, each job once", async () => {
		const { total } = await ciOf({
			runs: [attempt(1, "failure"), attempt(1, "failure", { runAttempt: 2 })],
			jobs: [
				job(1, 60),
				job(1, 120, { conclusion: "timed_out" }),
				job(1, 180, { conclusion: "cancelled" }),
				job(1, 240, { conclusion: "neutral" }),
				job(1, 300, { runAttempt: 2, conclusion: "failure" }),
			],
		});
		expect(total).toMatchObject({ wasted_share: 10 / 15, minutes: 15, wasted_minutes: 10 });
	});

	test("charge nothing for standard runners in public repositories, but list what they would cost", async () => {
		const repositories = [shop, { ...shop, repositoryId: 2, repository: "acme/open", visibility: "public" }];
		const { total, workflows, runners } = await ciOf({
			repositories,
			runs: [
				attempt(1, "success"),
				attempt(2, "success", { repositoryId: 2 }),
				attempt(3, "success", { repositoryId: 3 }),
			],
			jobs: [
				job(1, 600),
				job(2, 600),
				// A larger runner costs in public repositories too.
				job(2, 600, { labels: ["ubuntu-latest-8-cores"] }),
				job(2, 600, { labels: ["linux", "self-hosted"] }),
				// Nobody knows whether this repository is public.
				job(3, 600),
			],
		});
		expect(total).toMatchObject({ cost_usd: 0.34, list_cost_usd: 0.4, unpriced_minutes: 0 });
		expect(workflows.find(({ repository }) => repository === "acme/open")?.cost_usd).toBe(0.22);
		expect(pick(runners, "labels", "runner", "minutes", "cost_usd", "list_cost_usd")).toEqual([
			["ubuntu-latest", "linux", 30, 0.12, 0.18],
			["self-hosted, linux", "self-hosted", 10, 0, 0],
			["ubuntu-latest-8-cores", "linux-8", 10, 0.22, 0.22],
		]);
	});

	test("know no price of labels that somebody made up, and count their minutes", async () => {
		const { total, runners } = await ciOf({
			runs: [attempt(1, "success")],
			jobs: [
				job(1, 60, { labels: ["big-box", "gpu: a100"] }),
				job(1, 120, { labels: ["gpu: a100", "big-box"] }),
				job(1, 60, { labels: [] }),
				job(1, 60, { labels: null }),
				job(1, 60),
			],
		});
		expect(total).toMatchObject({ cost_usd: 0.006, list_cost_usd: 0.006, unpriced_minutes: 5 });
		expect(pick(runners, "labels", "runner", "jobs", "cost_usd", "unpriced_minutes")).toEqual([
			["big-box, gpu: a100", null, 2, null, 3],
			[null, null, 2, null, 2],
			["ubuntu-latest", "linux", 1, 0.006, 0],
		]);
	});

	test("take the price of the time at which a job ran", async () => {
		const times = ["2025-12-31T23:59:59.999999Z", "2026-01-01T00:00:00Z"];
		const { runners } = await ciOf({
			runs: [attempt(1, "success", { runCreatedAt: "2025-12-31T23:00:00Z" })],
			jobs: [["ubuntu-latest"], ["windows-2025"], ["macos-latest"], ["ubuntu-24.04-arm"]].flatMap((labels) =>
				times.map((startedAt) => job(1, 60, { labels, startedAt })),
			),
		});
		expect(pick(runners, "labels", "cost_usd", "unpriced_minutes")).toEqual([
			["macos-latest", 0.142, 0],
			// What an arm runner cost before 2026 is not known.
			["ubuntu-24.04-arm", 0.005, 1],
			["ubuntu-latest", 0.014, 0],
			["windows-2025", 0.026, 0],
		]);
	});

	test("show how long jobs waited for each runner, negative times left out", async () => {
		const waits = [...Array.from({ length: 20 }, (_, index) => index), null];
		const { runners } = await ciOf({
			runs: [attempt(1, "success"), attempt(2, "success", { workflowId: 8 })],
			jobs: [
				...waits.map((queueSeconds, index) => job(1 + (index % 2), 60, { queueSeconds })),
				...[10, 20].map((queueSeconds) => job(1, 60, { queueSeconds, labels: ["macos-14"] })),
			],
		});
		expect(pick(runners, "labels", "jobs", "queue_p50_seconds", "queue_p95_seconds", "queue_known")).toEqual([
			["ubuntu-latest", 21, about(9.5), about(18.05), 20],
			["macos-14", 2, 15, null, 2],
		]);
	});

	test("belong to the workflow and the day of the run's creation, not of the job", async () => {
		const db: Database = await open();
		await save(db, {
			repositories: [shop],
			workflow_runs: [
				attempt(1, "success"),
				attempt(1, "success", { runAttempt: 2 }),
				attempt(2, "success", { workflowId: 8, runCreatedAt: at(1440) }),
			],
			workflow_jobs: [job(1, 60), job(1, 120, { runAttempt: 2, startedAt: at(3000), queuedAt: at(3000) }), job(2, 180)],
		});
		const { ci } = await readJson(db, { since, by: "day" });
		expect(pick(ci.days, "name", "minutes")).toEqual([
			["2026-02-02", 3],
			["2026-02-03", 3],
		]);
		expect(pick(ci.workflows, "minutes")).toEqual([[3], [3]]);
	});
});
