import { expect, it } from "vitest";
import { readWorkList, save } from "../src/index.ts";
import { describeOnBothEngines } from "../src/testing/index.ts";

const attempt = (githubRunId: number, given: object = {}) => ({
	githubRunId,
	runAttempt: 1,
	repositoryId: 7,
	repository: "acme/web",
	status: "in_progress",
	runCreatedAt: `2026-01-01T00:00:${String(githubRunId % 60).padStart(2, "0")}.000000Z`,
	...given,
});

describeOnBothEngines("the work-list of unfinished runs", (open) => {
	it("holds what is not completed and has not vanished, of one repository, newest first", async () => {
		const db = await open();
		await save(db, {
			workflow_runs: [
				attempt(1),
				attempt(2, { status: "completed" }),
				attempt(3, { goneAt: "2026-01-02T00:00:00.000000Z" }),
				attempt(4, { repositoryId: 8 }),
				attempt(5, { status: null }),
			],
		});
		const items = await Array.fromAsync(readWorkList(db, "unfinishedRuns", 7));
		expect(items.map(({ githubRunId }) => githubRunId)).toEqual([5, 1]);
	});

	it("is read page by page, each item once, even if many began in one second", async () => {
		const db = await open();
		await save(db, { workflow_runs: Array.from({ length: 1700 }, (_, index) => attempt(index + 1)) });
		const items = await Array.fromAsync(readWorkList(db, "unfinishedRuns", 7));
		expect(new Set(items.map(({ githubRunId }) => githubRunId)).size).toBe(1700);
		expect(items).toHaveLength(1700);
		expect(items.map(({ runCreatedAt }) => runCreatedAt)).toEqual(
			items
				.map(({ runCreatedAt }) => runCreatedAt)
				.sort()
				.reverse(),
		);
	});
});
