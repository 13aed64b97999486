import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { connect } from "@tidemark/db";
import { createPostgresDatabase, temporaryDirectory } from "@tidemark/db/testing";
import { makeLogs, startPortkey } from "@tidemark/world/portkey";
import { afterEach, describe, expect, it } from "vitest";
import { inputList } from "../src/inputs/input-list.ts";
import { readGiven } from "../src/inputs/read-inputs.ts";
import { addRuns, githubOfToday } from "./busy-github.ts";
import { runAction } from "./run-action.ts";

const dayMs = 86_400_000;
const daysAgo = (days: number) => new Date(Date.now() - days * dayMs).toISOString();

function usageFile(text: string): string {
	const workspace = temporaryDirectory();
	writeFileSync(join(workspace, "usage.csv"), text);
	return workspace;
}

describe("an input", () => {
	const filled: string[] = [];
	afterEach(() => {
		for (const name of filled.splice(0)) delete process.env[name];
	});

	it("gives its setting a value, for every setting there is", () => {
		for (const { name } of inputList) {
			filled.push(`INPUT_${name.toUpperCase()}`);
			process.env[`INPUT_${name.toUpperCase()}`] = `value of ${name}`;
		}
		const { environment } = readGiven({});
		expect(inputList.map(({ setting }) => environment[setting.env])).toEqual(
			inputList.map(({ name }) => `value of ${name}`),
		);
		expect(new Set(inputList.map(({ name }) => name)).size).toBe(inputList.length);
	});

	it("that is empty leaves what the environment says", () => {
		filled.push("INPUT_SINCE");
		process.env.INPUT_SINCE = "";
		expect(readGiven({ TELEMETRY_SINCE: "30d" }).environment.TELEMETRY_SINCE).toBe("30d");
	});

	it("is listed in action.yml with its description", () => {
		const action = readFileSync(new URL("../../../action.yml", import.meta.url), "utf8");
		for (const { name, words } of inputList) {
			expect(action).toContain(`  ${name}:\n    description: ${JSON.stringify(words)}`);
		}
	});
});

describe("what a workflow says", () => {
	it("names repositories, and how many requests they may cost", async () => {
		await using github = await githubOfToday();
		for (const name of ["acme/app", "acme/api", "acme/web"]) {
			addRuns(github.addRepository(name), { runs: 2, days: 2 });
		}
		const url = await createPostgresDatabase();
		const inputs = { "database-url": url, repositories: "acme/api\nacme/web" };
		const environment = { GITHUB_API_URL: github.url };
		expect(await runAction({ inputs: { ...inputs, "max-requests": "5" }, environment })).toMatchObject({
			code: 0,
			outputs: { partial: "true" },
		});
		expect(github.requests.length).toBeLessThanOrEqual(5);
		expect(await runAction({ inputs, environment })).toMatchObject({ code: 0, outputs: { partial: "false" } });
		const db = await connect({ url, directory: "" });
		expect(await db.query("SELECT repository, count(*)::int AS runs FROM workflow_runs GROUP BY 1 ORDER BY 1")).toEqual(
			[
				{ repository: "acme/api", runs: 2 },
				{ repository: "acme/web", runs: 2 },
			],
		);
		await db.close();
	});

	it("names sources, columns of a file and how far back anything is wanted", async () => {
		const url = await createPostgresDatabase();
		const workspace = usageFile(`When,Tokens\n${daysAgo(2)},10\n${daysAgo(20)},20\n`);
		const inputs = {
			"database-url": url,
			sources: "csv",
			"csv-path": "usage.csv",
			"csv-map": "timestamp=When,prompt_tokens=Tokens",
			"csv-default": "model=gpt-4o",
			since: "10d",
		};
		const ended = await runAction({ inputs, workspace });
		expect(ended).toMatchObject({ code: 0, outputs: { "rows-inserted": "1" } });
		expect(JSON.parse(ended.outputs.json ?? "").sources).toMatchObject([{ source: "csv" }]);
		const db = await connect({ url, directory: "" });
		expect(await db.query("SELECT model, input_tokens::int AS tokens FROM llm_calls")).toEqual([
			{ model: "gpt-4o", tokens: 10 },
		]);
		await db.close();
	});

	it("asks for a source that is not configured, and is refused", async () => {
		const ended = await runAction({ inputs: { "database-url": await createPostgresDatabase(), sources: "portkey" } });
		expect(ended.code).toBe(1);
		expect(ended.log).toContain("set portkey-api-key");
	});

	it("asks PortKey with a key that is shown nowhere", async () => {
		const key = "pk-s3ntinel+/key=";
		const logs = makeLogs({ count: 30, from: Date.now() - 2 * dayMs, to: Date.now() - dayMs / 2 });
		await using portkey = await startPortkey({ key, logs });
		const ended = await runAction({
			inputs: {
				"database-url": await createPostgresDatabase(),
				sources: "portkey",
				"portkey-base-url": portkey.url,
				"portkey-api-key": key,
			},
		});
		expect(ended).toMatchObject({ code: 0, outputs: { partial: "false" } });
		expect(JSON.parse(ended.outputs.json ?? "")).toMatchObject({ tables: { llm_calls: { inserted: 30 } } });
		expect(ended.summary).toMatch(/### LLM calls[\s\S]+\| Cost \| \*\*\$/);
		const shown = ended.log.replaceAll(/^::add-mask::.*$/gm, "") + ended.summary + JSON.stringify(ended.outputs);
		expect(shown).not.toContain("s3ntinel");
	});

	it("says how long rows are kept, also of sources that are named", async () => {
		const url = await createPostgresDatabase();
		const workspace = usageFile(`timestamp\n${daysAgo(2)}\n${daysAgo(50)}\n`);
		const inputs = { "database-url": url, sources: "csv", "csv-path": "usage.csv" };
		expect((await runAction({ inputs, workspace })).outputs).toMatchObject({ "rows-inserted": "2" });
		const ended = await runAction({ inputs: { ...inputs, retention: "30d" }, workspace });
		expect(ended).toMatchObject({ code: 0, outputs: { "rows-pruned": "1" } });
		expect(ended.summary).toContain("1 row older than the retention was deleted.");
	});

	it("wants no summary and gets none", async () => {
		const workspace = usageFile(`timestamp\n${daysAgo(2)}\n`);
		const inputs = { "database-url": await createPostgresDatabase(), sources: "csv", "csv-path": "usage.csv" };
		const ended = await runAction({ inputs: { ...inputs, summary: "false" }, workspace });
		expect(ended).toMatchObject({ code: 0, summary: "", outputs: { "report-path": "", "rows-inserted": "1" } });
	});
});
