import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { defineSource, makePlan } from "@tidemark/core";
import type { Database } from "@tidemark/db";
import { describeOnPostgres, temporaryDirectory } from "@tidemark/db/testing";
import { expect, it } from "vitest";
import { litellm } from "../../src/litellm/source.ts";

const secrets = {
	prompt: "the colour of the prompt",
	answer: "the shape of the answer",
	header: "x-very-private-header",
	address: "203.0.113.77",
	mail: "alice.private@example.com",
	key: "sk-AbCdEf0123456789AbCdEf",
	hash: "88dc28d0f030c55ed4ab77ed8faf098196cb1c05df778539800c9f1243fe6b4b",
	traceback: "File secret_module.py, line 7",
};

const payload = {
	id: "1",
	call_type: "acompletion",
	status: "failure",
	startTime: 1753442058.5,
	endTime: 1753442059.5,
	response_cost: 0,
	messages: [{ role: "user", content: secrets.prompt }],
	response: { choices: [{ message: { content: secrets.answer } }] },
	requester_ip_address: secrets.address,
	metadata: {
		user_api_key_hash: secrets.hash,
		user_api_key_user_email: secrets.mail,
		requester_ip_address: secrets.address,
		requester_custom_headers: { header: secrets.header },
		requester_metadata: { user_id: "bob", headers: secrets.header },
	},
	model_parameters: { user: secrets.mail, extra_headers: secrets.header },
	hidden_params: { additional_headers: { a: secrets.header } },
	error_str: `Incorrect API key provided: ${secrets.key}`,
	error_information: {
		error_code: "401",
		error_message: `Incorrect API key ${secrets.key} from ${secrets.address} of ${secrets.mail}\n${secrets.traceback}`,
		traceback: secrets.traceback,
	},
};

/** Good, refused and broken records, each with all that must not be kept. */
const lines = [
	JSON.stringify(payload),
	JSON.stringify({ ...payload, id: "2", prompt_tokens: -1 }),
	JSON.stringify({ ...payload, id: "3", startTime: "never" }),
	JSON.stringify({ ...payload, id: "4" }).slice(0, -2),
	JSON.stringify({ ...payload, call_type: undefined, id: undefined }),
	JSON.stringify([[payload]]),
	JSON.stringify({ usage: secrets.prompt, attributes: payload, timestamp: 5 }),
];

async function everythingIn(db: Database): Promise<string> {
	const tables = ["llm_calls", "dead_letters", "ingestions", "checkpoints", "prompt_instances"];
	const contents = await Promise.all(tables.map((table) => db.query(`SELECT * FROM ${table}`)));
	return JSON.stringify(contents);
}

describeOnPostgres("what must not be kept", (open) => {
	it("is neither stored, nor said, nor written to a file of dead letters", async () => {
		const db = await open();
		const deadLetterDirectory = temporaryDirectory();
		const path = join(temporaryDirectory(), "spend.jsonl");
		await writeFile(path, `${lines.join("\n")}\n`);
		const said: string[] = [];
		const say = (text: string) => void said.push(text);
		const report = { info: say, warn: say, progress: () => undefined };
		const plan = await makePlan({ db, retention: undefined, report, deadLetterDirectory });
		const [result] = await Array.fromAsync(
			defineSource(litellm).ingest(plan, { flags: { path: [path] }, environment: {} }),
		);
		expect(result?.counts).toMatchObject({ inserted: 1, rejected: 6 });
		const letters = await readFile(join(deadLetterDirectory, "litellm.jsonl"), "utf8");
		for (const text of [await everythingIn(db), said.join("\n"), letters]) {
			for (const secret of Object.values(secrets)) expect(text).not.toContain(secret);
		}
		expect(letters.trimEnd().split("\n")).toHaveLength(6);
	});
});
