import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { temporaryDirectory } from "@tidemark/db/testing";
import { describe, expect, it } from "vitest";
import { telemetry } from "./telemetry.ts";

const header = "timestamp,model,prompt_tokens,completion_tokens,task_success,task_type,duration_ms,notes\n";
const now = () => new Date().toISOString();

describe("somebody who has just cloned the repository", () => {
	it("reads what was looked for and how to set it up if nothing is", async () => {
		const answer = await telemetry({ args: ["ingest", "all"], cwd: temporaryDirectory() });
		expect(answer).toMatchObject({ code: 0, err: "" });
		expect(answer.out).toMatchInlineSnapshot(`
			"Nothing is set up yet, so there was nothing to ingest. Looked for:
			  github   nothing to read - name a repository: --repo owner/name (GITHUB_REPOSITORY)
			  csv      nothing to read - put a usage file at .telemetry/usage.csv, or name one: pnpm telemetry ingest csv <file> (TELEMETRY_CSV_PATH)
			  portkey  nothing to read - set PORTKEY_API_KEY, or name an export file: pnpm telemetry ingest portkey <file> (PORTKEY_FILE)
			  litellm  nothing to read - name a log: pnpm telemetry ingest litellm <file> (LITELLM_LOG_PATH), or a proxy: LITELLM_BASE_URL and LITELLM_API_KEY
			  agents   nothing to read - name the logs: pnpm telemetry ingest agents ~/.claude/projects (AGENTS_LOG_PATH)
			  otlp     nothing to read - name a file of OTLP/JSON: pnpm telemetry ingest otlp <file> (OTLP_PATH)
			Curious first? \`pnpm telemetry:demo\` shows everything on example data.
			"
		`);
	});

	it("sees everything on example data, and what to do next", async () => {
		const cwd = temporaryDirectory();
		const answer = await telemetry({ args: ["demo"], cwd });
		expect(answer).toMatchObject({ code: 0, err: "" });
		expect(answer.out).toContain("All times are moved so that the newest is now.");
		expect(answer.out).toMatch(/Runs +220/);
		expect(answer.out).toMatch(/Calls +28,190/);
		expect(answer.out).toContain("telemetry:ingest:all");
	});

	it("ingests the usual file without naming it, and sees its figures", async () => {
		const cwd = temporaryDirectory();
		await mkdir(join(cwd, ".telemetry"));
		await writeFile(join(cwd, ".telemetry/usage.csv"), `${header}${now()},gpt-4o,1000,100,true,plan,1500,\n`);
		const ingested = await telemetry({ args: ["ingest", "all"], cwd });
		expect(ingested.out).toMatch(/csv {2}\.telemetry\/usage\.csv {2}1 entry read, 1 row new/);
		const shown = await telemetry({ args: ["stats", "--json", "--by", "model"], cwd });
		expect(JSON.parse(shown.out)).toMatchObject({ llm: { total: { calls: 1 } } });
	});

	it("may write settings into a .env file, which overrides nothing that is set", async () => {
		const cwd = temporaryDirectory();
		await writeFile(join(cwd, "mine.csv"), `${header}${now()},gpt-4o,1000,100,true,plan,1500,\n`);
		await writeFile(join(cwd, ".env"), "TELEMETRY_CSV_PATH=mine.csv\nTELEMETRY_RETENTION=off\n");
		expect((await telemetry({ args: ["ingest", "all"], cwd })).out).toContain("1 row new");
		const environment = { TELEMETRY_CSV_PATH: "other.csv" };
		const refused = await telemetry({ args: ["ingest", "all"], cwd, environment });
		expect(refused).toMatchObject({ code: 2 });
		expect(refused.err).toContain("There is no file other.csv");
	});

	it("can pipe a file in", async () => {
		const cwd = temporaryDirectory();
		const input = `${header}${now()},gpt-4o,1000,100,true,plan,1500,\n`;
		const answer = await telemetry({ args: ["ingest", "csv", "-"], cwd, input });
		expect(answer).toMatchObject({ code: 0 });
		expect(answer.out).toContain("1 row new");
	});

	it("can try a file without storing anything", async () => {
		const cwd = temporaryDirectory();
		await writeFile(join(cwd, "usage.csv"), `${header}${now()},gpt-4o,1000,100,true,plan,1500,\n`);
		const answer = await telemetry({ args: ["ingest", "csv", "usage.csv", "--dry-run"], cwd });
		expect(answer.out).toMatch(/1 entry read, dry run, nothing stored/);
		expect((await telemetry({ args: ["stats", "--json"], cwd })).out).toContain('"calls": 0');
	});
});
