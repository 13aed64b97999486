import { connect, type Database } from "@tidemark/db";
import { createPostgresDatabase, temporaryDirectory } from "@tidemark/db/testing";
import { type SimulatedGithub, type SimulatedRepository, simulateGithub } from "@tidemark/world/github";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { telemetry } from "./telemetry.ts";

const now = Date.now();
const ago = (hours: number) => new Date(now - hours * 3_600_000).toISOString();

describe("telemetry verify github", () => {
	let github: SimulatedGithub;
	let app: SimulatedRepository;
	let url: string;
	let db: Database;
	const cwd = temporaryDirectory();
	const run = (args: readonly string[], token = "test-token") => {
		const environment = { DATABASE_URL: url, GITHUB_API_URL: github.url, GITHUB_TOKEN: token };
		return telemetry({ args, cwd, environment });
	};
	const verify = (...args: string[]) => run(["verify", "github", "--repo", "acme/app", ...args]);

	beforeAll(async () => {
		github = await simulateGithub({ now: ago(0) });
		app = github.addRepository("acme/app");
		for (let id = 1; id <= 5; id++) {
			const attempt = { startedAt: ago(id * 10), endedAt: ago(id * 10 - 1) };
			app.addRun({ id, createdAt: ago(id * 10), attempts: id === 3 ? [attempt, attempt] : [attempt] });
			app.addPull({ number: id, createdAt: ago(id * 10), events: id < 3 ? [{ at: ago(1), kind: "merged" }] : [] });
		}
		app.addCommit({ sha: "a".repeat(40), committedAt: ago(50) });
		app.addCommit({ sha: "b".repeat(40), committedAt: ago(40) });
		url = await createPostgresDatabase();
		expect(await run(["ingest", "github", "--repo", "acme/app"])).toMatchObject({ code: 0, err: "" });
		db = await connect({ url, directory: "" });
	});
	afterAll(async () => {
		await db.close();
		await github[Symbol.asyncDispose]();
	});

	/** Spoils something, verifies, and repairs it. */
	async function whileSpoilt(statement: string, repair: string, verified: () => Promise<void>): Promise<void> {
		await db.query(statement);
		await verified();
		await db.query(repair);
	}

	it("finds no gap after a full collection", async () => {
		const answer = await verify();
		expect(answer).toMatchObject({ code: 0, err: "" });
		expect(answer.out.split("\n").slice(1)).toEqual([
			"  attempts  6 at GitHub, no gap",
			"  pulls     5 at GitHub, no gap",
			"  commits   2 at GitHub, no gap",
			"",
		]);
	});

	it("names what is missing, and ends with 1", async () => {
		const table = "kept AS SELECT * FROM workflow_runs WHERE github_run_id = 3 AND run_attempt = 1";
		await db.query(`CREATE TABLE ${table}`);
		await db.query("CREATE TABLE kept_commits AS SELECT * FROM commits WHERE sha LIKE 'b%'");
		await db.query("DELETE FROM commits WHERE sha LIKE 'b%'");
		await whileSpoilt(
			"DELETE FROM workflow_runs WHERE github_run_id = 3 AND run_attempt = 1",
			"INSERT INTO workflow_runs SELECT * FROM kept",
			async () => {
				const { code, out } = await verify();
				expect(code).toBe(1);
				expect(out).toContain("  attempts  6 at GitHub, 1 row missing, 0 rows stale\n    missing: run 3, attempt 1\n");
				expect(out).toContain(
					`  commits   2 at GitHub, 1 row missing, 0 rows stale\n    missing: commit ${"b".repeat(40)}\n`,
				);
			},
		);
		await db.query("INSERT INTO commits SELECT * FROM kept_commits");
	});

	it("names what is stored in another state than at GitHub", async () => {
		await whileSpoilt(
			"UPDATE workflow_runs SET conclusion = 'failure' WHERE github_run_id = 2",
			"UPDATE workflow_runs SET conclusion = 'success' WHERE github_run_id = 2",
			async () => {
				const { code, out } = await verify("--json");
				expect(code).toBe(1);
				const none = { missing: [], stale: [], later: 0 };
				expect(JSON.parse(out)).toEqual([
					{
						repository: "acme/app",
						runs: { ...none, listed: 6, stale: ["run 2, attempt 1: failure here, success at GitHub"] },
						pulls: { ...none, listed: 5 },
						commits: { ...none, listed: 2 },
						attemptsWithoutJobs: 0,
					},
				]);
			},
		);
		await whileSpoilt(
			"UPDATE pull_requests SET merged = false WHERE number = 1",
			"UPDATE pull_requests SET merged = true WHERE number = 1",
			async () => expect((await verify()).out).toContain("stale: pull request 1: closed here, merged at GitHub"),
		);
	});

	it("looks no further back than --since: what is older may be missing", async () => {
		await db.query("DELETE FROM workflow_runs WHERE github_run_id > 3");
		const { code, out } = await verify("--since", "35h");
		expect(code).toBe(0);
		expect(out).toContain("  attempts  4 at GitHub, no gap\n");
		expect(out).toContain("  pulls     3 at GitHub, no gap\n");
		expect(out).toContain("  commits   0 at GitHub, no gap\n");
	});

	it("refuses what it cannot verify, and a call without a repository", async () => {
		expect(await run(["verify", "csv"])).toMatchObject({
			code: 2,
			err: expect.stringContaining('"csv" cannot be verified'),
		});
		expect(await run(["verify", "github"])).toMatchObject({
			code: 2,
			err: expect.stringContaining("--repo owner/name"),
		});
	});

	it("fails for a repository that is not there", async () => {
		const { code, err } = await run(["verify", "github", "--repo", "acme/typo"]);
		expect(code).toBe(1);
		expect(err).toContain("GitHub answers 404 to /repos/acme/typo");
	});

	it("ends with 75 if the requests are used up", async () => {
		github.addToken("poor-token", { limit: 3 });
		const { code, err } = await run(["verify", "github", "--repo", "acme/app"], "poor-token");
		expect({ code, err }).toEqual({
			code: 75,
			err: expect.stringContaining("Not finished: GitHub's 3 requests per hour"),
		});
	});

	it("counts what came since the last collection as no gap: the next one will bring it", async () => {
		github.clock.advance(3_600_000);
		const soon = new Date(now + 1_800_000).toISOString();
		app.addRun({ createdAt: soon, attempts: [{ startedAt: soon }] });
		app.addPullEvent(4, { at: soon, kind: "closed" });
		app.addCommit({ committedAt: soon });
		const { code, out } = await verify("--since", "35h");
		expect(code).toBe(0);
		expect(out.match(/no gap; 1 newer than the last collection/g)).toHaveLength(3);
	});
});
