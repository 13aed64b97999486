import { mkdir, readFile, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describeSource, type SourceFixture, type World } from "@tidemark/core/testing";
import { temporaryDirectory } from "@tidemark/db/testing";
import { litellm } from "../../src/litellm/source.ts";

function record(index: number): string {
	const startTime = Date.UTC(2026, 0, 1) / 1000 + index + 0.123456;
	const usage_object = { cache_read_input_tokens: index % 3 };
	return JSON.stringify({
		id: `chatcmpl-${index}`,
		call_type: "acompletion",
		status: index % 7 === 0 ? "failure" : "success",
		startTime,
		endTime: startTime + 1.5,
		model: "gpt-4o",
		custom_llm_provider: "openai",
		prompt_tokens: 100 + index,
		completion_tokens: 10,
		response_cost: 0.001,
		metadata: { usage_object },
		messages: [{ role: "user", content: "line one\nline two" }],
	});
}

const records = (from: number, count: number) => Array.from({ length: count }, (_, index) => record(from + index));

/** A folder of every kind of file: lines of several pages, a record twice, lists on a line, an indented list, gzip. */
async function makeWorld(): Promise<World> {
	const folder = temporaryDirectory();
	const lines = join(folder, "2026-01-01.jsonl");
	await writeFile(lines, `\ufeff${records(0, 2_200).join("\r\n")}\r\n\n${record(5)}\n`);
	await writeFile(join(folder, "lists.jsonl"), `[${records(2_200, 5)}]\n[${records(2_205, 5)}]\n[]\n`);
	const indented = JSON.stringify(
		records(2_210, 10).map((each) => JSON.parse(each)),
		null,
		4,
	);
	await writeFile(join(folder, "spend.json"), `${indented}\n`);
	await mkdir(join(folder, "team-a", "2026-01-02"), { recursive: true });
	const single = join(folder, "team-a", "2026-01-02", "time-10-00-00.json");
	await writeFile(single, record(2_220));
	// It ends without a line end; one that was just written to would be given the time to get it.
	await utimes(single, 1_767_312_000, 1_767_312_000);
	await writeFile(join(folder, "old.ndjson.gz"), gzipSync(`${records(2_221, 9).join("\n")}\n`));
	return {
		flags: { path: [folder] },
		rows: { llm_calls: 2_230 },
		steadyPages: 0,
		async spoil() {
			const text = await readFile(lines, "utf8");
			const bad = ["{broken", '{"foo": 1}', '{"usage": "bad", "timestamp": "not a date"}', "[1]", '"text"'];
			await writeFile(lines, text.replace("\r\n", `\r\n${bad.join("\n")}\n`));
			return bad.length;
		},
	};
}

const fixture: SourceFixture = { makeWorld };

describeSource(litellm, fixture);
