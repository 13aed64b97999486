import { describe, expect, test } from "vitest";
import { writeCheckpoint } from "../src/checkpoint.ts";
import { startClock } from "../src/clock.ts";
import { prune } from "../src/prune.ts";
import { parseRetention } from "../src/retention.ts";
import { save } from "../src/save.ts";
import { describeOnBothEngines } from "../src/testing/describe-on-engines.ts";
import { emptyTables } from "../src/testing/index.ts";
import { refusal } from "./refusal.ts";
import { call, coverage, job, run } from "./sample-rows.ts";
import { watched } from "./watched-database.ts";

const now = "2026-08-31T12:00:00.000000Z";
/** Six calendar months before. */
const cut = "2026-02-28T12:00:00.000000Z";
const justBefore = "2026-02-28T11:59:59.999999Z";
const justAfter = "2026-02-28T12:00:00.000001Z";

const retention = parseRetention("6mo");
const clock = startClock(now);

describeOnBothEngines("prune", (open) => {
	const db = emptyTables(open);

	const instants = async (table: string, column: string) => {
		const rows = await db().query<{ at: string }>(`SELECT ${column} AS at FROM ${table} ORDER BY at`);
		return rows.map(({ at }) => at);
	};

	const floors = async () => {
		const rows = await db().query<{ floor: string | null }>("SELECT floor FROM checkpoints ORDER BY target");
		return rows.map(({ floor }) => floor);
	};

	async function storedAround() {
		const at = [justBefore, cut, justAfter];
		await save(db(), {
			workflow_runs: at.map((runCreatedAt, index) => run({ githubRunId: index, runCreatedAt })),
			workflow_jobs: at.map((queuedAt, index) => job({ githubJobId: index, queuedAt })),
			coverage_snapshots: at.map((createdAt) => coverage({ commitSha: createdAt, createdAt })),
			llm_calls: at.map((timestamp) => call({ timestamp })),
			// The clock is right: something happened just now.
			commits: [{ repositoryId: 7, repository: "octo/tide", sha: "c0ffee", committedAt: now }],
		});
		for (const instant of at) {
			await db().query(
				"INSERT INTO dead_letters (id, source, target, at, reason, retryable, created_at) VALUES ($1, '', '', '', '', true, $1::text::timestamptz)",
				[instant],
			);
			await db().query(
				`INSERT INTO ingestions (id, source, target, started_at, read, inserted, updated, unchanged, expired, skipped, rejected)
VALUES ($1, '', '', $1::text::timestamptz, 0, 0, 0, 0, 0, 0, 0)`,
				[instant],
			);
		}
	}

	const oneOfEach = {
		workflow_runs: 1,
		workflow_jobs: 1,
		coverage_snapshots: 1,
		llm_calls: 1,
		dead_letters: 1,
		ingestions: 1,
	};

	test("keeps what is exactly as old as the retention, and deletes what is a microsecond older", async () => {
		await storedAround();
		expect(await prune(db(), { retention, clock })).toMatchObject({ cut, deleted: oneOfEach });
		const kept = [cut, justAfter];
		expect(await instants("workflow_runs", "run_created_at")).toEqual(kept);
		expect(await instants("workflow_jobs", "queued_at")).toEqual(kept);
		expect(await instants("coverage_snapshots", "created_at")).toEqual(kept);
		expect(await instants("llm_calls", "timestamp")).toEqual(kept);
		expect(await instants("dead_letters", "created_at")).toEqual(kept);
		expect(await instants("ingestions", "started_at")).toEqual(kept);
	});

	test("deletes nothing on a dry run, but counts", async () => {
		await storedAround();
		await writeCheckpoint(db(), "s", "t", { cursor: 1, floor: null, shape: "", reshaping: false });
		expect(await prune(db(), { retention, clock, dryRun: true })).toMatchObject({ cut, deleted: oneOfEach });
		expect(await instants("llm_calls", "timestamp")).toEqual([justBefore, cut, justAfter]);
		expect(await floors()).toEqual([null]);
	});

	test("deletes nothing when everything is kept", async () => {
		await storedAround();
		expect(await prune(db(), { retention: undefined, clock })).toEqual({ cut: null, deleted: {} });
		expect(await instants("llm_calls", "timestamp")).toHaveLength(3);
	});

	test("judges by when things happened, not by when they were stored", async () => {
		await save(db(), { llm_calls: [call({ timestamp: justBefore })] });
		await db().query("UPDATE llm_calls SET ingested_at = '2026-08-31Z', changed_at = '2026-08-31Z'");
		expect((await prune(db(), { retention, clock })).deleted).toMatchObject({ llm_calls: 1 });
	});

	test("lets no checkpoint vouch for what was deleted", async () => {
		for (const [target, floor] of Object.entries({ everything: null, older: justBefore, younger: justAfter })) {
			await writeCheckpoint(db(), "s", target, { cursor: 1, floor, shape: "", reshaping: false });
		}
		await prune(db(), { retention, clock });
		// In the order of their names: everything, older, younger.
		expect(await floors()).toEqual([cut, cut, justAfter]);
	});

	describe("of more rows than one batch takes", () => {
		const store = (count: number) =>
			db().query(
				`INSERT INTO llm_calls (timestamp, source, source_id, ingested_at, changed_at)
SELECT '2026-01-01Z'::timestamptz + n * interval '1 second', 's', n::text, now(), now() FROM generate_series(1, $1::int) AS n`,
				[count],
			);

		test("deletes in batches", async () => {
			await store(20_001);
			let batches = 0;
			const counted = watched(db(), (statement) => {
				if (statement.includes("DELETE FROM llm_calls")) batches++;
			});
			expect((await prune(counted, { retention, clock })).deleted).toMatchObject({ llm_calls: 20_001 });
			expect(batches).toBe(3);
			expect(await instants("llm_calls", "timestamp")).toEqual([]);
		});

		test("stops after the batch in which it is interrupted, and goes on the next time", async () => {
			await store(20_001);
			const interrupt = new AbortController();
			const interrupted = watched(db(), (statement) => {
				if (statement.includes("DELETE FROM llm_calls")) interrupt.abort();
			});
			const first = await prune(interrupted, { retention, clock, signal: interrupt.signal });
			expect(first.deleted).toMatchObject({ llm_calls: 10_000 });
			const left = await instants("llm_calls", "timestamp");
			expect(left).toHaveLength(10_001);
			// The oldest go first.
			expect(left[0]).toBe("2026-01-01T02:46:41.000000Z");
			const second = await prune(db(), { retention, clock });
			expect(second.deleted).toMatchObject({ llm_calls: 10_001 });
		});
	});

	test("F2 refuses when the clock is more than a week after everything that is stored, unless it is forced", async () => {
		await storedAround();
		const late = startClock("2026-10-07T12:00:00.000000Z");
		const again = () => prune(db(), { retention, clock: late });
		expect(await refusal(again)).toMatchInlineSnapshot(`
			"Nothing was pruned: the clock says 2026-10-07, more than 7 days after everything that is stored.
			The newest row or ingestion is of 2026-08-31T12:00:00Z. A clock that is wrong by months would delete everything.
			Set the clock right. If it is right, run \`pnpm telemetry prune --force\`."
		`);
		// An ingestion that the wrong clock dated proves nothing.
		await db().query("UPDATE ingestions SET started_at = '2026-10-06T12:00:00Z' WHERE id = $1", [justAfter]);
		expect(await refusal(again)).toContain("Nothing was pruned");
		expect(await instants("llm_calls", "timestamp")).toHaveLength(3);
		await prune(db(), { retention, clock: late, force: true });
		expect(await instants("llm_calls", "timestamp")).toHaveLength(0);
	});

	test("F2 is not stopped by a shortened retention, nor where there is nothing to delete", async () => {
		await storedAround();
		await prune(db(), { retention: parseRetention("1d"), clock });
		expect(await instants("llm_calls", "timestamp")).toEqual([]);
		await prune(db(), { retention, clock: startClock("2026-10-31T12:00:00.000000Z") });
	});

	test("F2 without any time left still deletes a batch of each table", async () => {
		await storedAround();
		expect(await prune(db(), { retention, clock, deadline: AbortSignal.abort() })).toMatchObject({
			deleted: oneOfEach,
		});
	});

	test("does nothing when it is interrupted before it begins", async () => {
		await storedAround();
		await prune(db(), { retention, clock, signal: AbortSignal.abort() });
		expect(await instants("llm_calls", "timestamp")).toHaveLength(3);
	});

	test("refuses to delete when the clocks are more than a day apart, whichever is ahead", async () => {
		await storedAround();
		const dayMs = 24 * 60 * 60 * 1000;
		const pruneAt = (ms: number) => () => prune(db(), { retention, clock: startClock(now, ms) });
		expect(await refusal(pruneAt(-200 * dayMs))).toMatchInlineSnapshot(`
			"Nothing was pruned: the clocks are 200 days apart.
			The database says 2026-08-31T12:00:00Z, this machine 2026-02-12T12:00:00Z.
			Set the wrong clock right, then run \`pnpm telemetry prune\`."
		`);
		expect(await refusal(pruneAt(dayMs + 1000))).toMatchInlineSnapshot(`
			"Nothing was pruned: the clocks are more than a day apart.
			The database says 2026-08-31T12:00:00Z, this machine 2026-09-01T12:00:01Z.
			Set the wrong clock right, then run \`pnpm telemetry prune\`."
		`);
		expect(await instants("llm_calls", "timestamp")).toHaveLength(3);
		await pruneAt(dayMs)();
		expect(await instants("llm_calls", "timestamp")).toHaveLength(2);
	});
});
