import { expect, test } from "vitest";
import { readCheckpoint, writeCheckpoint } from "../src/checkpoint.ts";
import { startClock } from "../src/clock.ts";
import { listDeadLetters, removeDeadLetters, writeDeadLetters } from "../src/dead-letters.ts";
import { beginIngestion, endIngestion, listLastIngestions } from "../src/ingestion.ts";
import { acquireLease, fence, releaseLease } from "../src/lease.ts";
import { prune } from "../src/prune.ts";
import { parseRetention } from "../src/retention.ts";
import { save } from "../src/save.ts";
import { describeOnBothEngines } from "../src/testing/describe-on-engines.ts";
import { emptyTables } from "../src/testing/index.ts";
import { call, coverage, job, run } from "./sample-rows.ts";
import { watched } from "./watched-database.ts";

/** What breaks, or means something else, on partitioned or distributed tables and behind poolers. */
const forbidden: readonly [string, RegExp][] = [
	["system columns", /\b(ctid|xmin|xmax|cmin|cmax|tableoid)\b/i],
	["MERGE", /\bMERGE\b/i],
	["grouping sets", /\b(ROLLUP|CUBE|GROUPING SETS)\b/i],
	["LATERAL", /\bLATERAL\b/i],
	[
		"the time of day in an update on conflict",
		/DO UPDATE[\s\S]*\b(now|clock_timestamp|statement_timestamp|random)\(\)/i,
	],
	["locks of a session", /pg_(try_)?advisory_(lock|unlock)/i],
	["state of a session", /^\s*(SET|LISTEN|PREPARE|DECLARE|CREATE TEMP)/i],
	["several statements at once", /;\s*\S/],
];

const now = "2026-08-31T12:00:00.000000Z";

describeOnBothEngines("the statements of an ingestion", (open) => {
	const db = emptyTables(open);

	async function statementsOfAnIngestion(): Promise<string[]> {
		const statements: string[] = [];
		const database = watched(db(), (statement) => statements.push(statement));
		const lease = await acquireLease(database, "csv usage.csv");
		const id = await beginIngestion(database, { source: "csv", target: "usage.csv", now });
		await database.transaction(async (tx) => {
			await fence(tx, lease);
			const rows = {
				workflow_runs: [run()],
				workflow_jobs: [job()],
				coverage_snapshots: [coverage()],
				llm_calls: [call({ sourceId: "1", model: "one" }), call({ sourceId: "2", model: "two" })],
			};
			await save(tx, rows);
			await save(tx, rows, { reshaping: true });
			await writeDeadLetters(tx, [{ source: "csv", target: "usage.csv", at: "line 1", reason: "r", entry: 1 }], now);
			await removeDeadLetters(tx, ["id"]);
			await writeCheckpoint(tx, "csv", "usage.csv", { cursor: 1, floor: null, shape: "", reshaping: false });
		});
		const counts = { read: 0, inserted: 0, updated: 0, unchanged: 0, expired: 0, skipped: 0, rejected: 0 };
		await endIngestion(database, id, { outcome: "done", counts, now });
		await releaseLease(database, lease);
		await prune(database, { retention: parseRetention("6mo"), clock: startClock(now) });
		await readCheckpoint(database, "csv", "usage.csv");
		await listDeadLetters(database, { limit: 1 });
		await listLastIngestions(database, 1);
		return statements;
	}

	test("mean the same on partitioned and distributed tables, and through poolers", async () => {
		const statements = await statementsOfAnIngestion();
		expect(statements.length).toBeGreaterThan(25);
		const found = statements.flatMap((statement) =>
			forbidden.filter(([, sign]) => sign.test(statement)).map(([what]) => `${what}: ${statement}`),
		);
		expect(found).toEqual([]);
	});
});
