import { connect, migrate, save } from "@tidemark/db";
import { createPostgresDatabase, temporaryDirectory } from "@tidemark/db/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { telemetry } from "./telemetry.ts";

describe("the figures of a period", () => {
	const cwd = temporaryDirectory();
	let environment: Readonly<Record<string, string>>;

	async function stats(...args: string[]): Promise<string> {
		const { code, out, err } = await telemetry({ args: ["stats", "--since", "2026-02-01", ...args], cwd, environment });
		expect({ code, err }).toEqual({ code: 0, err: "" });
		return out;
	}

	beforeAll(async () => {
		const url = await createPostgresDatabase();
		environment = { DATABASE_URL: url };
		const db = await connect({ url, directory: "" });
		await migrate(db);
		const run = {
			githubRunId: 1,
			runAttempt: 1,
			repositoryId: 1,
			repository: "acme/shop",
			workflowId: 7,
			workflowName: "CI",
		};
		await save(db, {
			workflow_runs: [
				{
					...run,
					status: "completed",
					conclusion: "success",
					durationSeconds: 90,
					runCreatedAt: "2026-02-02T23:30:00Z",
				},
			],
			llm_calls: [{ timestamp: "2026-02-02T12:00:00Z", source: "csv", sourceId: "1", model: "gpt-5" }],
		});
		await db.close();
	});

	it("show GitHub Actions and calls, each if there are any", async () => {
		const text = await stats();
		expect(text).toMatch(/^CI\nSince 2026-02-01 · UTC/);
		expect(text).toMatch(/^ {2}CI +1 +100\.0 % \(1\)/m);
		expect(text).toMatch(/^LLM calls\n/m);
	});

	it("come by day with the columns of both side by side, in the zone that is asked for", async () => {
		const [header = "", ...days] = (await stats("--by", "day", "--csv", "--zone", "Europe/Berlin")).trim().split("\n");
		const columns = header.split(",");
		const cells = days.map((day) =>
			["day", "ci_runs", "llm_calls"].map((name) => day.split(",")[columns.indexOf(name)]),
		);
		expect(cells).toEqual([
			["2026-02-02", "", "1"],
			["2026-02-03", "1", ""],
		]);
	});

	it("come by workflow with the columns of the CI alone", async () => {
		const [header, row] = (await stats("--by", "workflow", "--csv")).trim().split("\n");
		expect(header).toMatch(/^repository,workflow,runs,attempts,success_rate,/);
		expect(row).toMatch(/^acme\/shop,CI,1,1,1,/);
	});

	it("come as JSON with one part each", async () => {
		expect(JSON.parse(await stats("--json"))).toMatchObject({
			ci: { total: { runs: 1, duration_p50_seconds: 90 }, workflows: [{ repository: "acme/shop", workflow: "CI" }] },
			llm: { total: { calls: 1 } },
		});
	});
});
