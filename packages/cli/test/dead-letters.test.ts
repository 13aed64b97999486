import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { connect } from "@tidemark/db";
import { createPostgresDatabase, temporaryDirectory } from "@tidemark/db/testing";
import { describe, expect, it } from "vitest";
import { telemetry } from "./telemetry.ts";

const at = new Date(Date.now() - 3_600_000).toISOString();

/** A good line and one with a count of tokens that is none, and how that one's entry names the count. */
const logs = {
	litellm: {
		line: (id: string, tokens: number) => ({
			id,
			call_type: "completion",
			model: "gpt-4o",
			startTime: at,
			prompt_tokens: tokens,
		}),
		path: "{inputTokens}",
	},
	portkey: {
		line: (id: string, tokens: number) => ({
			id,
			created_at: at,
			ai_model: "gpt-4o",
			ai_org: "openai",
			req_units: tokens,
		}),
		path: "{inputTokens}",
	},
};

describe.each(Object.entries(logs))("a dead letter of %s", (source, { line, path }) => {
	it("is listed, shown and tried again, and goes when the parser can read it", {
		timeout: 60_000,
	}, async () => {
		const cwd = temporaryDirectory();
		const url = await createPostgresDatabase();
		const run = (...args: string[]) => telemetry({ args, cwd, environment: { DATABASE_URL: url } });
		const lines = [line("good", 10), line("bad", -7)].map((each) => JSON.stringify(each));
		await writeFile(join(cwd, "calls.jsonl"), `${lines.join("\n")}\n`);
		expect((await run("ingest", source, "calls.jsonl")).out).toContain("1 bad entry kept as dead letters");

		const [letter] = JSON.parse((await run("dead-letters", "list", "--json")).out);
		expect(letter).toMatchObject({ source, target: "calls.jsonl", reason: expect.stringContaining("negative") });
		expect((await run("dead-letters", "show", letter.id)).out).toContain("-7");
		expect((await run("dead-letters", "retry")).out).toContain("0 entries stored, 1 entry still refused.");

		// A parser that takes this entry, and this parser with an entry that it takes, do the same.
		const db = await connect({ url, directory: "" });
		await db.query("UPDATE dead_letters SET entry = jsonb_set(entry, $1::text[], '\"7\"')", [path]);
		expect((await run("dead-letters", "retry")).out).toContain("1 entry stored");
		expect((await run("dead-letters", "list", "--json")).out.trim()).toBe("[]");
		const calls = await db.query("SELECT source_id, input_tokens FROM llm_calls ORDER BY source_id");
		expect(calls).toEqual([
			{ source_id: "bad", input_tokens: 7 },
			{ source_id: "good", input_tokens: 10 },
		]);
		await db.close();
	});
});
