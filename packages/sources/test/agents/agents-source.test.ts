import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describeSource } from "@tidemark/core/testing";
import { temporaryDirectory } from "@tidemark/db/testing";
import { agents } from "../../src/agents/source.ts";

const start = Date.UTC(2026, 0, 1);
const timeOf = (index: number) => new Date(start + index * 1000).toISOString();

/** A message in three lines with growing tokens, and what the user said between them. */
function messageLines(index: number): string[] {
	const line = (output: number, at: number) =>
		JSON.stringify({
			type: "assistant",
			timestamp: timeOf(at),
			sessionId: "s-1",
			requestId: `req-${index}`,
			cwd: "/home/alice/acme-api",
			gitBranch: "main",
			message: { id: `msg-${index}`, model: "claude-sonnet-4-5", usage: { input_tokens: 5, output_tokens: output } },
		});
	const said = JSON.stringify({ type: "user", message: { role: "user", content: "go on" } });
	return [line(1, index * 4), said, line(40, index * 4 + 1), line(80, index * 4 + 2)];
}

function codexLines(count: number): string[] {
	const event = (index: number) =>
		JSON.stringify({
			timestamp: timeOf(index),
			type: "event_msg",
			payload: {
				type: "token_count",
				info: {
					last_token_usage: { input_tokens: 10, cached_input_tokens: 5, output_tokens: 2, total_tokens: 12 },
					total_token_usage: { total_tokens: 12 * (index + 1) },
				},
			},
		});
	const context = JSON.stringify({ type: "turn_context", payload: { model: "gpt-5.4", cwd: "/home/bob/web" } });
	return [context, ...Array.from({ length: count }, (_, index) => [event(index), event(index)]).flat()];
}

describeSource(agents, {
	async makeWorld() {
		const folder = temporaryDirectory();
		const project = join(folder, "projects", "-home-alice-acme-api");
		await mkdir(project, { recursive: true });
		const session = join(project, "11882275.jsonl");
		const lines = Array.from({ length: 1100 }, (_, index) => messageLines(index)).flat();
		await writeFile(session, `${lines.join("\n")}\n`);
		await writeFile(join(folder, "rollout.jsonl"), `${codexLines(30).join("\n")}\n`);
		return {
			flags: { path: [folder] },
			rows: { llm_calls: 1130 },
			steadyPages: 0,
			async spoil() {
				const text = await readFile(session, "utf8");
				const usage = { input_tokens: -1, output_tokens: 2 };
				const bad = ["{broken", "7", JSON.stringify({ type: "assistant", message: { id: "bad", usage } })];
				await writeFile(session, text.replace("\n", `\n${bad.join("\n")}\n`));
				return bad.length;
			},
		};
	},
});
