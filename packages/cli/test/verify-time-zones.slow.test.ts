import { connect } from "@tidemark/db";
import { createPostgresDatabase, temporaryDirectory } from "@tidemark/db/testing";
import { simulateGithub } from "@tidemark/world/github";
import { expect, it } from "vitest";
import { telemetry } from "./telemetry.ts";

const facts = ["workflow_runs", "workflow_jobs", "pull_requests", "commits", "job_lookups"];

/** A second before and after the day begins, and when New York's clocks skip an hour. */
const times = ["2026-01-31T23:59:59Z", "2026-02-01T00:00:00Z", "2026-02-01T05:00:00Z", "2026-03-08T07:30:00Z"];

it("T40: in every zone of the machine and of the database, `--since 2026-02-01` begins at 00:00 UTC and the rows are the same", async () => {
	await using github = await simulateGithub({ now: "2026-03-09T00:00:00Z" });
	const app = github.addRepository("acme/app");
	for (const [index, at] of times.entries()) {
		const end = new Date(Date.parse(at) + 600_000).toISOString();
		const jobs = [{ startedAt: at, completedAt: end, steps: [{ name: "build", startedAt: at, completedAt: end }] }];
		app.addRun({ id: index, createdAt: at, attempts: [{ startedAt: at, endedAt: end, jobs }] });
		app.addPull({ number: index + 1, createdAt: at });
		app.addCommit({ committedAt: at });
	}
	const tables: unknown[] = [];
	for (const zone of ["UTC", "Asia/Kolkata", "America/New_York"]) {
		const url = await createPostgresDatabase();
		const db = await connect({ url, directory: "" });
		await db.query(`ALTER DATABASE "${new URL(url).pathname.slice(1)}" SET timezone = '${zone}'`);
		const environment = {
			DATABASE_URL: url,
			GITHUB_API_URL: github.url,
			GITHUB_TOKEN: "test-token",
			TELEMETRY_RETENTION: "off",
			TZ: zone,
			PGTZ: zone,
		};
		const run = (...command: string[]) =>
			telemetry({ args: [...command, "acme/app", "--since", "2026-02-01"], cwd: temporaryDirectory(), environment });
		expect(await run("ingest", "github")).toMatchObject({ code: 0, err: "" });
		if (zone !== "UTC") expect(await run("verify", "github", "--repo")).toMatchObject({ code: 0 });
		const rows: unknown[] = [];
		for (const table of facts) {
			rows.push(
				await db.query(
					`SELECT to_jsonb(stored) - 'ingested_at' - 'changed_at' AS row FROM ${table} AS stored ORDER BY 1`,
				),
			);
		}
		tables.push(rows);
		expect(await db.query("SELECT min(run_created_at) AS first, count(*)::int AS runs FROM workflow_runs")).toEqual([
			{ first: "2026-02-01T00:00:00.000000Z", runs: 3 },
		]);
		await db.close();
	}
	expect(tables[1]).toEqual(tables[0]);
	expect(tables[2]).toEqual(tables[0]);
}, 60_000);
