import { describe, expect, test } from "vitest";
import { save } from "../src/save.ts";
import type { Row } from "../src/table.ts";
import { describeOnBothEngines } from "../src/testing/describe-on-engines.ts";
import { emptyTables } from "../src/testing/index.ts";
import { random } from "./random.ts";
import { call, job, run } from "./sample-rows.ts";

type Run = Row<"workflow_runs">;

const early = "2026-01-02T03:05:00.000000Z";
const late = "2026-01-02T03:06:00.000000Z";

describeOnBothEngines("merging of rows", (open) => {
	const db = emptyTables(open);

	const storedRun = async () => {
		const [row] = await db().query(
			`SELECT status, conclusion, completed_at, github_updated_at, duration_seconds FROM workflow_runs`,
		);
		return row;
	};
	const costs = () => db().query("SELECT estimated_cost, reported_cost FROM llm_calls");

	test("sets a value back to null when it is null now", async () => {
		await save(db(), { workflow_jobs: [job({ conclusion: "success", labels: ["a"], durationSeconds: 3 })] });
		const back = job({ conclusion: null, labels: null, durationSeconds: null });
		expect(await save(db(), { workflow_jobs: [back] })).toEqual({ inserted: 0, updated: 1, unchanged: 0 });
		expect(await db().query("SELECT conclusion, labels, duration_seconds FROM workflow_jobs")).toEqual([
			{ conclusion: null, labels: null, duration_seconds: null },
		]);
	});

	test("treats a value that is left out as null", async () => {
		await save(db(), {
			workflow_jobs: [job({ conclusion: "success" }), job({ githubJobId: 2, conclusion: "failure" })],
		});
		await save(db(), { workflow_jobs: [job(), job({ githubJobId: 2, conclusion: "failure" })] });
		expect(await db().query("SELECT conclusion FROM workflow_jobs ORDER BY github_job_id")).toEqual([
			{ conclusion: null },
			{ conclusion: "failure" },
		]);
	});

	test("never overwrites a reported cost with none, but with a later one", async () => {
		await save(db(), { llm_calls: [call({ reportedCost: "0.5", estimatedCost: "0.4" })] });
		expect(await save(db(), { llm_calls: [call({ reportedCost: null, estimatedCost: null })] })).toEqual({
			inserted: 0,
			updated: 1,
			unchanged: 0,
		});
		expect(await costs()).toEqual([{ estimated_cost: null, reported_cost: "0.500000000" }]);
		expect(await save(db(), { llm_calls: [call()] })).toEqual({ inserted: 0, updated: 0, unchanged: 1 });
		await save(db(), { llm_calls: [call({ reportedCost: "0.75" })] });
		expect(await costs()).toEqual([{ estimated_cost: null, reported_cost: "0.750000000" }]);
	});

	test("keeps what the jobs said about a run when a page of runs does not say it", async () => {
		await save(db(), { workflow_runs: [run({ githubUpdatedAt: early, completedAt: late, durationSeconds: 60 })] });
		await save(db(), { workflow_runs: [run({ githubUpdatedAt: late, status: "completed" })] });
		expect(await storedRun()).toEqual({
			status: "completed",
			conclusion: null,
			completed_at: late,
			github_updated_at: late,
			duration_seconds: 60,
		});
	});

	describe("of a finished attempt and an older view of it", () => {
		const finished = run({ status: "completed", conclusion: "success", githubUpdatedAt: late });
		const unfinished = run({ status: "in_progress", githubUpdatedAt: early, durationSeconds: 9 });
		const asFinished = { status: "completed", conclusion: "success", github_updated_at: late };

		test("keeps the finished one when the older comes later", async () => {
			await save(db(), { workflow_runs: [finished] });
			expect(await save(db(), { workflow_runs: [unfinished] })).toEqual({ inserted: 0, updated: 0, unchanged: 1 });
			expect(await storedRun()).toEqual({ ...asFinished, completed_at: null, duration_seconds: null });
		});

		test("keeps the finished one when the older follows it on one page", async () => {
			const saved = await save(db(), { workflow_runs: [finished, unfinished] });
			expect(saved).toEqual({ inserted: 1, updated: 0, unchanged: 0 });
			expect(await storedRun()).toEqual({ ...asFinished, completed_at: null, duration_seconds: null });
		});

		test("keeps the finished one when the older precedes it on one page", async () => {
			const saved = await save(db(), { workflow_runs: [unfinished, finished] });
			expect(saved).toEqual({ inserted: 1, updated: 0, unchanged: 0 });
			expect(await storedRun()).toEqual({ ...asFinished, completed_at: null, duration_seconds: 9 });
		});

		test("takes the later of two that are equally old", async () => {
			await save(db(), { workflow_runs: [{ ...unfinished, githubUpdatedAt: late }] });
			expect(await save(db(), { workflow_runs: [finished] })).toEqual({ inserted: 0, updated: 1, unchanged: 0 });
			expect(await storedRun()).toEqual({ ...asFinished, completed_at: null, duration_seconds: 9 });
		});
	});

	test("lets the last of equal keys win, and keeps other keys apart", async () => {
		const saved = await save(db(), {
			llm_calls: [
				call({ model: "first", reportedCost: "1" }),
				call({ sourceId: "2", model: "other" }),
				call({ source: "another", model: "elsewhere" }),
				call({ model: "last", reportedCost: null }),
			],
		});
		expect(saved).toEqual({ inserted: 3, updated: 0, unchanged: 0 });
		expect(await db().query("SELECT source, source_id, model, reported_cost FROM llm_calls ORDER BY 1, 2")).toEqual([
			{ source: "another", source_id: "1", model: "elsewhere", reported_cost: null },
			{ source: "sample", source_id: "1", model: "last", reported_cost: "1.000000000" },
			{ source: "sample", source_id: "2", model: "other", reported_cost: null },
		]);
	});

	test("gives the same whether rows come on one page or one after the other", async () => {
		const { oneOf } = random(7);
		const sights = Array.from(
			{ length: 200 },
			(): Run =>
				run({
					githubRunId: oneOf([9, 10, 11, 12, 13, 14, 15, 16, 17, 100]),
					runAttempt: oneOf([1, 2]),
					status: oneOf(["queued", "completed", null]),
					completedAt: oneOf([early, late, null]),
					durationSeconds: oneOf([0, 1, null]),
					githubUpdatedAt: oneOf([early, late, "2026-01-02T03:05:30.000001Z", null]),
					pullRequests: oneOf([[], [{ number: 1 }], null]),
				}),
		);
		const runs = () =>
			db().query(
				`SELECT to_jsonb(workflow_runs) - 'ingested_at' - 'changed_at' AS run FROM workflow_runs ORDER BY github_run_id, run_attempt`,
			);
		await save(db(), { workflow_runs: sights });
		const onOnePage = await runs();
		await db().query("TRUNCATE workflow_runs");
		for (const sight of sights) await save(db(), { workflow_runs: [sight] });
		expect(onOnePage).toHaveLength(20);
		expect(onOnePage).toEqual(await runs());
	});
});
