import { appendFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describeOnPostgres, temporaryDirectory } from "@tidemark/db/testing";
import { expect, it } from "vitest";
import { agents } from "../../src/agents/source.ts";
import { ingestWith, storedCalls } from "../litellm/ingest-files.ts";

const sessionId = "0199a213-81c0-7800-8aa1-bbab2a035a53";
const fileName = `rollout-2026-07-25T12-00-00-${sessionId}.jsonl`;

function context(model: string): string {
	const payload = { model, cwd: "/home/bob/web" };
	return `${JSON.stringify({ timestamp: "2026-07-25T12:00:00.000Z", type: "turn_context", payload })}\n`;
}

function count(second: number, total: number, last?: number): string {
	const usage = (input_tokens: number) => ({
		input_tokens,
		cached_input_tokens: input_tokens / 2,
		output_tokens: 20,
		reasoning_output_tokens: 5,
		total_tokens: input_tokens + 20,
	});
	const info = { total_token_usage: usage(total), ...(last !== undefined && { last_token_usage: usage(last) }) };
	const payload = { type: "token_count", info, rate_limits: { primary: second } };
	return `${JSON.stringify({ timestamp: `2026-07-25T12:00:0${second}.000Z`, type: "event_msg", payload })}\n`;
}

describeOnPostgres("a session of Codex", (open) => {
	async function stored(...contents: readonly string[]) {
		const db = await open();
		const path = join(temporaryDirectory(), fileName);
		for (const content of contents) {
			await appendFile(path, content);
			await ingestWith(agents, db, { path: [path] });
		}
		return storedCalls(db);
	}

	it("is counted by what each call added, with its cached input and its reasoning inside", async () => {
		expect(await stored(context("gpt-5.4") + count(1, 100, 100) + count(2, 400, 300))).toMatchObject([
			{ input_tokens: 100, cache_read_tokens: 50, output_tokens: 20, reasoning_tokens: 5, total_tokens: 120 },
			{ input_tokens: 300, model: "gpt-5.4", provider: "openai", session_id: sessionId, repository: "web" },
		]);
	});

	it("counts once what is repeated, also by the next run", async () => {
		const rows = await stored(context("gpt-5.4") + count(1, 100, 100) + count(2, 100, 100), count(3, 100, 100));
		expect(rows).toHaveLength(1);
	});

	it("knows model, folder and total from earlier runs", async () => {
		const rows = await stored(
			context("gpt-5.4") + count(1, 100, 100),
			count(2, 400),
			context("o3") + count(3, 900, 500),
		);
		expect(rows).toMatchObject([
			{ model: "gpt-5.4" },
			{ model: "gpt-5.4", input_tokens: 300, repository: "web" },
			{ model: "o3", input_tokens: 500 },
		]);
	});

	it("is of the repository and branch that its first line names", async () => {
		const git = { branch: "main", repository_url: "git@github.com:acme/web.git" };
		const payload = { id: "s-9", cwd: "/elsewhere", model_provider: "azure", git };
		const meta = `${JSON.stringify({ timestamp: "2026-07-25T12:00:00Z", type: "session_meta", payload })}\n`;
		expect(await stored(meta + context("gpt-5.4") + count(1, 100, 100))).toMatchObject([
			{ repository: "acme/web", session_id: "s-9", provider: "azure", metadata: { agent: "codex", branch: "main" } },
		]);
	});

	it("has no call in a count without figures, and other lines are no dead letters", async () => {
		const empty = {
			timestamp: "2026-07-25T12:00:01Z",
			type: "event_msg",
			payload: { type: "token_count", info: null },
		};
		const reply = {
			timestamp: "2026-07-25T12:00:01Z",
			type: "response_item",
			payload: { type: "message", content: [] },
		};
		const db = await open();
		const path = join(temporaryDirectory(), fileName);
		await writeFile(path, `${JSON.stringify(empty)}\n${JSON.stringify(reply)}\n`);
		expect(await ingestWith(agents, db, { path: [path] })).toMatchObject({ inserted: 0, rejected: 0 });
	});
});
