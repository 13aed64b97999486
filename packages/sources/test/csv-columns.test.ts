import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Database } from "@tidemark/db";
import { describeOnPostgres, temporaryDirectory } from "@tidemark/db/testing";
import { beforeEach, expect, it } from "vitest";
import { ingestCsv } from "./ingest-csv.ts";

describeOnPostgres("the columns of a usage file", (open) => {
	let db: Database;
	let path: string;

	beforeEach(async () => {
		db = await open();
		path = join(temporaryDirectory(), "usage.csv");
	});

	const stored = async (columns: string) => (await db.query(`SELECT ${columns} FROM llm_calls ORDER BY timestamp`))[0];

	it("may come in any order and case, under their usual other names", async () => {
		await writeFile(
			path,
			"Session_ID,DEVELOPER,repo,Latency_MS,tokens_out,Input_Tokens,cached_tokens,Cost,error,provider,Prompt_Name,Phase,Time\n" +
				"s1,dev,acme/web,1500.5,20,1000,400,0.0035,,openai,review,build,2026-01-01T00:00:00Z\n",
		);
		await ingestCsv(db, [path], { default: ["model=gpt-4o"] });
		expect(
			await stored(
				"session_id, developer, repository, duration_ms, output_tokens, input_tokens, cache_read_tokens, reported_cost, error_message, provider, prompt_name, phase, model",
			),
		).toEqual({
			session_id: "s1",
			developer: "dev",
			repository: "acme/web",
			duration_ms: 1500.5,
			output_tokens: 20,
			input_tokens: 1000,
			cache_read_tokens: 400,
			reported_cost: "0.003500000",
			error_message: null,
			provider: "openai",
			prompt_name: "review",
			phase: "build",
			model: "gpt-4o",
		});
	});

	it("that are empty are missing, not 0", async () => {
		await writeFile(
			path,
			"timestamp,model,prompt_tokens,completion_tokens,task_success,duration_ms\n2026-01-01T00:00:00Z,,,,,\n",
		);
		await ingestCsv(db, [path]);
		expect(
			await stored("model, input_tokens, output_tokens, total_tokens, success, duration_ms, estimated_cost"),
		).toEqual({
			model: null,
			input_tokens: null,
			output_tokens: null,
			total_tokens: null,
			success: null,
			duration_ms: null,
			estimated_cost: null,
		});
	});

	it("that leave cached tokens out of the input get them added, as input includes them everywhere", async () => {
		await writeFile(
			path,
			"timestamp,prompt_tokens,cache_read_tokens,cache_write_tokens\n2026-01-01T00:00:00Z,10,3800,3280\n",
		);
		await ingestCsv(db, [path]);
		expect(await stored("input_tokens")).toEqual({ input_tokens: 7090 });
	});

	it("that nobody knows are named once and left out", async () => {
		await writeFile(path, "timestamp,prompt_tokens,secret_prompt\n2026-01-01T00:00:00Z,10,do not store me\n");
		const { notices } = await ingestCsv(db, [path]);
		expect(notices.join()).toContain("columns not used: secret_prompt");
		expect(JSON.stringify(await db.query("SELECT * FROM llm_calls"))).not.toContain("do not store me");
	});

	it("are named by --header where the file has none", async () => {
		await writeFile(path, "2026-01-01T00:00:00Z,10\n2026-01-01T00:00:00Z,10\n");
		await ingestCsv(db, [path], { header: "timestamp,completion_tokens" });
		// The wrong name first: the right one corrects the calls, and doubles none.
		await ingestCsv(db, [path], { header: "timestamp,prompt_tokens" });
		expect(await db.query("SELECT input_tokens, output_tokens FROM llm_calls")).toEqual([
			{ input_tokens: 10, output_tokens: null },
			{ input_tokens: 10, output_tokens: null },
		]);
	});

	it("without the time of a call are refused with the header and the way out", async () => {
		await writeFile(path, "when,tokens\n2026-01-01,10\n");
		await expect(ingestCsv(db, [path])).rejects.toMatchObject({
			message: `${path} has no column that says when a call was made.`,
			why: "Its header is when,tokens.",
			fix: "Name the column with --map timestamp=<column>; if the first line is no header, name all columns with --header timestamp,model,….",
		});
	});

	it("that --map names and the file lacks are refused with the header", async () => {
		await writeFile(path, "when,tokens\n2026-01-01,10\n");
		await expect(ingestCsv(db, [path], { map: ["timestamp=When2"] })).rejects.toMatchObject({
			message: `${path} has no column "When2".`,
			why: "Its header is when,tokens.",
		});
	});

	it("that --map does not know are refused with those it knows", async () => {
		await writeFile(path, "when\n2026-01-01\n");
		await expect(ingestCsv(db, [path], { map: ["tiemstamp=when"] })).rejects.toThrow(
			/does not fit --map .*<field>=<text>, the field one of timestamp, model/,
		);
	});

	it("may give time as ISO, with 7 digits, with a zone, or as a Unix time", async () => {
		const times = ["2026-01-01 00:00:00.1234567", "2026-01-01T02:00:01+02:00", "1767225602", "1767225603500"];
		await writeFile(path, `timestamp,notes\n${times.map((time) => `${time},x`).join("\n")}\n`);
		await ingestCsv(db, [path]);
		const rows = await db.query<{ timestamp: string }>("SELECT timestamp FROM llm_calls ORDER BY timestamp");
		expect(rows.map(({ timestamp }) => timestamp)).toEqual([
			"2026-01-01T00:00:00.123456Z",
			"2026-01-01T00:00:01.000000Z",
			"2026-01-01T00:00:02.000000Z",
			"2026-01-01T00:00:03.500000Z",
		]);
	});

	it("have the phase in notes if no column has it", async () => {
		await writeFile(path, "timestamp,notes\n2026-01-01T00:00:00Z,Phase 5 CI setup\n");
		await ingestCsv(db, [path]);
		expect(await stored("phase, notes")).toEqual({ phase: "Phase 5", notes: "Phase 5 CI setup" });
	});
});
