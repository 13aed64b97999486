import { type Database, save } from "@tidemark/db";
import { describeOnBothEngines } from "@tidemark/db/testing";
import { beforeEach, expect, test } from "vitest";
import { about, readJson } from "../read-json.ts";
import { at, attempt, shop } from "./sample-runs.ts";

const since = "2026-02-01T00:00:00.000000Z";

describeOnBothEngines("how complete the CI is", (open) => {
	let db: Database;

	beforeEach(async () => {
		db = await open();
	});

	async function ingested(source: string, target: string, outcome: string | null, ...times: string[]): Promise<void> {
		for (const time of times) {
			await db.query(
				`INSERT INTO ingestions (id, source, target, started_at, finished_at, outcome, read, inserted, updated,
unchanged, expired, skipped, rejected) VALUES (gen_random_uuid()::text, $1, $2, $4, $4, $3, 0, 0, 0, 0, 0, 0, 0)`,
				[source, target, outcome, time],
			);
		}
	}

	test("says when the repository that waits the longest was swept, and how many never were", async () => {
		await save(db, {
			repositories: [
				{ ...shop, sweptAt: "2026-02-05T00:00:00Z" },
				{ ...shop, repositoryId: 2, sweptAt: "2026-02-03T00:00:00Z" },
				{ ...shop, repositoryId: 3 },
				{ ...shop, repositoryId: 4, archived: true, sweptAt: "2020-01-01T00:00:00Z" },
			],
		});
		const { completeness } = (await readJson(db, { since })).ci;
		expect(completeness).toMatchObject({ last_sweep: "2026-02-03T00:00:00.000000Z", never_swept: 1 });
	});

	test("counts the finished attempts whose jobs are still to come, and the runs that GitHub has deleted", async () => {
		const lookedUp = (githubRunId: number, state: string) => ({
			...{ githubRunId, runAttempt: 1, repositoryId: 1, runCreatedAt: at(0), state, tries: 1, lookedUpAt: at(9) },
		});
		await save(db, {
			workflow_runs: [
				...[1, 2, 3, 4].map((id) => attempt(id, "success")),
				attempt(4, "success", { runAttempt: 2 }),
				attempt(5, null, { status: "in_progress" }),
				attempt(6, "success", { goneAt: at(9) }),
				attempt(6, "success", { runAttempt: 2, goneAt: at(9) }),
				attempt(7, null, { status: null, goneAt: at(9) }),
				attempt(8, "success", { runCreatedAt: "2026-01-31T00:00:00Z" }),
			],
			job_lookups: [lookedUp(1, "done"), lookedUp(2, "gone"), lookedUp(3, "failed")],
		});
		const { completeness } = (await readJson(db, { since })).ci;
		// Attempt 3 was asked for in vain, 4.1 and 4.2 not yet.
		expect(completeness).toMatchObject({ jobs_to_come: 3, deleted_runs: 1, lost_attempts: 1 });
	});

	test("lists the pauses of more than a day in collecting a repository's runs, the longest first", async () => {
		await ingested("github:runs", "acme/shop", "done", "2026-02-01T06:00:00Z", "2026-02-02T06:00:00Z");
		await ingested("github:runs", "acme/shop", "partial", "2026-02-05T06:00:00Z");
		await ingested("github:runs", "acme/shop", "done", "2026-04-06T06:00:00Z");
		// Neither a failure nor another repository or source fills a gap.
		await ingested("github:runs", "acme/shop", "failed", "2026-03-01T06:00:00Z");
		await ingested("github:runs", "acme/docs", "done", "2026-03-02T06:00:00Z");
		await ingested("github:jobs", "acme/shop", "done", "2026-03-03T06:00:00Z");
		const { completeness } = (await readJson(db, { since })).ci;
		expect(completeness.pauses).toEqual([
			{ target: "acme/shop", from: "2026-02-05T06:00:00.000000Z", to: "2026-04-06T06:00:00.000000Z" },
			{ target: "acme/shop", from: "2026-02-02T06:00:00.000000Z", to: "2026-02-05T06:00:00.000000Z" },
		]);
		const later = await readJson(db, { since: "2026-02-06T00:00:00Z", until: "2026-02-10T00:00:00Z" });
		expect(later.ci.completeness.pauses.map(({ from }) => from)).toEqual(["2026-02-05T06:00:00.000000Z"]);
	});

	test("says for each part how far its own sources have come", async () => {
		await ingested("github:runs", "acme/shop", "done", "2026-02-03T06:00:00Z");
		await ingested("github:jobs", "acme/shop", "partial", "2026-02-09T06:00:00Z");
		await ingested("csv", "usage.csv", "done", "2026-02-04T06:00:00Z");
		const { ci, llm } = await readJson(db, { since });
		expect([ci.data_through, llm.data_through]).toEqual(["2026-02-03T06:00:00.000000Z", "2026-02-04T06:00:00.000000Z"]);
	});

	test("counts pull requests by what happened to them in the period, and commits", async () => {
		const pull = (number: number, createdAt: string, closedAt?: string, facts = {}) => ({
			...{ repositoryId: 1, repository: "acme/shop", number, createdAt, closedAt, updatedAt: createdAt },
			lastActiveAt: closedAt ?? createdAt,
			...facts,
		});
		const merged = (mergedAt: string, reopenedCount: number | null = 0) => ({ mergedAt, merged: true, reopenedCount });
		await save(db, {
			pull_requests: [
				pull(1, "2026-01-20T00:00:00Z", "2026-02-01T00:00:00Z", merged("2026-02-01T00:00:00Z", 2)),
				pull(2, "2026-02-01T00:00:00Z", "2026-02-01T10:00:00Z", merged("2026-02-01T10:00:00Z")),
				pull(3, "2026-02-02T00:00:00Z", "2026-02-02T20:00:00Z", merged("2026-02-02T20:00:00Z", null)),
				pull(4, "2026-02-02T00:00:00Z", "2026-02-03T00:00:00Z", { reopenedCount: 0 }),
				pull(5, "2026-02-02T00:00:00Z"),
				pull(6, "2026-01-01T00:00:00Z", "2026-01-31T23:59:59Z", merged("2026-01-31T23:59:59Z", 1)),
				pull(7, "2026-02-20T00:00:00Z"),
			],
			commits: ["2026-01-31T23:59:59Z", "2026-02-01T00:00:00Z", "2026-02-09T00:00:00Z"].map((committedAt, index) => ({
				...{ repositoryId: 1, repository: "acme/shop", sha: `c${index}`, committedAt },
			})),
		});
		const { ci } = await readJson(db, { since, until: "2026-02-15T00:00:00Z" });
		expect(ci.pull_requests).toEqual({
			opened: 4,
			merged: 3,
			closed: 4,
			closed_unmerged: 1,
			// The middle one of 10, 20 and 288 hours.
			median_hours_to_merge: about(20),
			...{ reopened_rate: 1 / 3, reopened_known: 3 },
		});
		expect(ci.commits).toBe(2);
	});
});
