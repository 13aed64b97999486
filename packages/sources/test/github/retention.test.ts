import { parseRetention, prune } from "@tidemark/db";
import { describeOnPostgres, emptyTables } from "@tidemark/db/testing";
import { expect, it } from "vitest";
import { storedTables } from "./stored-tables.ts";
import { goodTick } from "./tick.ts";
import { days, hours, iso, later } from "./truth.ts";
import { type AcmeWorld, single, worldOf } from "./world-of.ts";

// Retention goes by the database's clock, so this world is of today.
const now = iso(Date.now());
const ago = (count: number) => later(now, -days(count));
const retention = "30d";

/** A run with a job, a commit and a pull request of every fifth day, of 100 days. */
async function agingWorld(): Promise<AcmeWorld> {
	const github = await worldOf([], { now });
	for (let day = 97; day > 0; day -= 5) {
		const at = ago(day);
		const jobs = [{ startedAt: at, completedAt: later(at, 60_000) }];
		github.app.addRun(single(day, at, { endedAt: later(at, 120_000), jobs }));
		github.app.addCommit({ committedAt: at });
		github.app.addPull({ number: day, createdAt: at, events: [{ at: later(at, hours(1)), kind: "merged" }] });
	}
	return github;
}

describeOnPostgres("what is older than the retention", (open) => {
	const db = emptyTables(open);
	const counts = async () => {
		const tables = Object.entries(await storedTables(db()));
		return Object.fromEntries(tables.map(([table, rows]) => [table, rows.length]));
	};

	it("T33: goes by when it happened, not by when it was stored: runs, jobs, their lookups, pull requests and commits", async () => {
		await using github = await agingWorld();
		await goodTick(db(), github);
		const each = { workflow_runs: 20, workflow_jobs: 20, job_lookups: 20, pull_requests: 20, commits: 20 };
		expect(await counts()).toEqual({ ...each, repositories: 1 });
		await prune(db(), { retention: parseRetention(retention) });
		const left = { workflow_runs: 6, workflow_jobs: 6, job_lookups: 6, pull_requests: 6, commits: 6 };
		expect(await counts()).toEqual({ ...left, repositories: 1 });
	});

	it("T33: is a pull request that was closed before, though it was commented since; never one that is still open", async () => {
		await using github = await worldOf([], { now });
		const closed = { at: ago(40), kind: "closed" } as const;
		const commented = { at: ago(3), kind: "commented" } as const;
		github.app.addPull({ number: 1, createdAt: ago(90), events: [closed, commented] });
		github.app.addPull({ number: 2, createdAt: ago(90), events: [commented] });
		github.app.addPull({ number: 3, createdAt: ago(90) });
		github.app.addPull({ number: 4, createdAt: ago(90), events: [{ ...closed, at: ago(20) }] });
		await goodTick(db(), github);
		await prune(db(), { retention: parseRetention(retention) });
		const stored = "SELECT number FROM pull_requests ORDER BY number";
		expect(await db().query(stored)).toEqual([{ number: 2 }, { number: 4 }]);
	});

	it("T34: never comes back: after pruning a collection writes nothing, also one that reads all from its beginning", async () => {
		await using github = await agingWorld();
		await goodTick(db(), github);
		await prune(db(), { retention: parseRetention(retention) });
		const before = await counts();
		const again = async () => {
			const { targets } = await goodTick(db(), github, { retention });
			return targets.map(({ counts }) => counts.inserted);
		};
		expect(await again()).toEqual([0, 0, 0, 0]);
		github.clock.advance(days(1));
		expect(await again()).toEqual([0, 0, 0, 0]);
		await db().query("TRUNCATE checkpoints");
		expect(await again()).toEqual([0, 0, 0, 0]);
		expect(await counts()).toEqual(before);
	});

	it("T34: is not even asked for by the first collection", async () => {
		await using github = await agingWorld();
		await goodTick(db(), github, { retention });
		const left = { workflow_runs: 6, workflow_jobs: 6, job_lookups: 6, pull_requests: 6, commits: 6 };
		expect(await counts()).toEqual({ ...left, repositories: 1 });
		expect(github.requests.filter(({ path }) => path.includes("/jobs"))).toHaveLength(6);
	});
});
