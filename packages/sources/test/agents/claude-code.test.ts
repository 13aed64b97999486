import { appendFile, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describeOnPostgres, temporaryDirectory } from "@tidemark/db/testing";
import { expect, it } from "vitest";
import { agents } from "../../src/agents/source.ts";
import { ingestWith, storedCalls } from "../litellm/ingest-files.ts";

interface Line {
	readonly id?: string;
	readonly request?: string;
	readonly output?: number;
	readonly second?: number;
	readonly more?: Readonly<Record<string, unknown>>;
}

function line({ id = "msg_1", request = "req_1", output = 10, second = 0, more = {} }: Line): string {
	const usage = {
		input_tokens: 5,
		cache_creation_input_tokens: 295,
		cache_read_input_tokens: 38_203,
		output_tokens: output,
	};
	return `${JSON.stringify({
		type: "assistant",
		timestamp: `2026-07-25T11:40:0${second}.000Z`,
		sessionId: "s-1",
		requestId: request,
		cwd: "/home/alice/acme-api",
		gitBranch: "main",
		message: { id, model: "claude-sonnet-4-5", usage },
		...more,
	})}\n`;
}

describeOnPostgres("a session of Claude Code", (open) => {
	async function stored(...contents: readonly string[]) {
		const db = await open();
		const path = join(temporaryDirectory(), "session.jsonl");
		for (const content of contents) {
			await appendFile(path, content);
			await ingestWith(agents, db, { path: [path] });
		}
		return storedCalls(db);
	}

	it("counts a message once, by its line with the most tokens and at its first time", async () => {
		const rows = await stored(line({ output: 1 }) + line({ output: 113, second: 2 }) + line({ output: 20, second: 4 }));
		expect(rows).toMatchObject([{ timestamp: "2026-07-25T11:40:00.000000Z", output_tokens: 113, source_id: "msg_1" }]);
	});

	it("counts it once also where its lines are read in different runs", async () => {
		const rows = await stored(line({ output: 40 }), line({ output: 113, second: 2 }), line({ output: 20, second: 4 }));
		expect(rows).toMatchObject([{ timestamp: "2026-07-25T11:40:00.000000Z", output_tokens: 113 }]);
	});

	it("counts what went through the prompt cache as input", async () => {
		expect(await stored(line({}))).toMatchObject([
			{
				input_tokens: 38_503,
				cache_read_tokens: 38_203,
				cache_write_tokens: 295,
				total_tokens: 38_513,
				provider: "anthropic",
			},
		]);
	});

	it("leaves out what a side conversation repeats, in this run or a later one, and counts its own messages", async () => {
		const replay = line({ request: "req_99", output: 500, more: { isSidechain: true } });
		const own = line({ id: "msg_2", request: "req_2", more: { isSidechain: true } });
		expect(await stored(line({}) + replay + own)).toMatchObject([{ output_tokens: 10 }, { source_id: "msg_2" }]);
		expect(await stored(line({}), replay)).toMatchObject([{ output_tokens: 10 }]);
	});

	it("counts the same message in two files once", async () => {
		const db = await open();
		const folder = temporaryDirectory();
		await mkdir(join(folder, "subagents"));
		await writeFile(join(folder, "session.jsonl"), line({}));
		await writeFile(
			join(folder, "subagents", "agent-1.jsonl"),
			line({ request: "req_9", more: { isSidechain: true } }),
		);
		await ingestWith(agents, db, { path: [folder] });
		expect(await storedCalls(db)).toHaveLength(1);
	});

	it("distinguishes messages of one invented id by their requests", async () => {
		expect(await stored(line({}) + line({ request: "req_2", second: 1 }))).toHaveLength(2);
	});

	it("leaves out messages that Claude Code made up", async () => {
		const synthetic = {
			isApiErrorMessage: true,
			message: { id: "x", model: "<synthetic>", usage: { input_tokens: 0 } },
		};
		expect(await stored(line({ more: synthetic }))).toEqual([]);
		expect(await stored(line({ more: { isApiErrorMessage: true } }))).toMatchObject([{ success: false }]);
	});

	it("keeps the cost that older versions wrote apart from the list price", async () => {
		expect(await stored(line({ more: { costUSD: 0.5 } }))).toMatchObject([
			{ reported_cost: "0.500000000", estimated_cost: "0.012732150" },
		]);
		expect((await stored(line({})))[0]).not.toHaveProperty("reported_cost");
	});

	it("is of the repository that its folder was cloned from, else of the folder's name, and of none outside", async () => {
		const clone = temporaryDirectory();
		await mkdir(join(clone, ".git"));
		await mkdir(join(clone, "packages", "api"), { recursive: true });
		const remote = '[remote "origin"]\n\turl = https://token:x@github.com/acme/api.git\n[branch "main"]\n';
		await writeFile(join(clone, ".git", "config"), `[core]\n\tbare = false\n${remote}`);
		expect(await stored(line({ more: { cwd: join(clone, "packages", "api") } }))).toMatchObject([
			{ repository: "acme/api" },
		]);
		expect(await stored(line({}))).toMatchObject([{ repository: "acme-api", metadata: { branch: "main" } }]);
		expect(await stored(line({ more: { cwd: "C:\\code\\acme-web" } }))).toMatchObject([{ repository: "acme-web" }]);
		expect((await stored(line({ more: { gitBranch: "" } })))[0]).not.toHaveProperty("repository");
		expect((await stored(line({ more: { cwd: "/home/alice/.." } })))[0]).not.toHaveProperty("repository");
	});

	it("stores nothing of what was said", async () => {
		const content = [{ type: "text", text: "a private thought" }];
		const said = { type: "user", message: { role: "user", content: "a private thought" } };
		const bad = line({ id: "bad", output: -1, more: { content } });
		const db = await open();
		const path = join(temporaryDirectory(), "session.jsonl");
		await writeFile(
			path,
			`${JSON.stringify(said)}\n${line({ more: { toolUseResult: content } })}${bad}{"a private thought\n`,
		);
		expect(await ingestWith(agents, db, { path: [path] })).toMatchObject({ inserted: 1, rejected: 2 });
		const everything = [await db.query("SELECT * FROM llm_calls"), await db.query("SELECT * FROM dead_letters")];
		expect(JSON.stringify(everything)).not.toContain("private");
	});
});
