import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describeOnPostgres, temporaryDirectory } from "@tidemark/db/testing";
import { expect, it } from "vitest";
import { otlp } from "../../src/otlp/source.ts";
import { ingestWith, storedCalls } from "../litellm/ingest-files.ts";

type Attributes = Readonly<Record<string, string | number>>;

function attributesOf(attributes: Attributes) {
	return Object.entries(attributes).map(([key, value]) => ({
		key,
		value: typeof value === "string" ? { stringValue: value } : { intValue: value },
	}));
}

const usual = { "gen_ai.operation.name": "chat", "gen_ai.request.model": "gpt-4o", "gen_ai.usage.input_tokens": 12 };

function span(attributes: Attributes = usual, more: Readonly<Record<string, unknown>> = {}) {
	return {
		traceId: "5B8EFFF798038103D269B633813FC60C",
		spanId: "EEE19B7EC3C1B174",
		name: "chat gpt-4o",
		startTimeUnixNano: "1753443600000000000",
		endTimeUnixNano: "1753443602400000000",
		attributes: attributesOf(attributes),
		...more,
	};
}

function request(spans: readonly unknown[], resource: Attributes = {}): string {
	const scopeSpans = [{ scope: { name: "test" }, spans }];
	return JSON.stringify({ resourceSpans: [{ resource: { attributes: attributesOf(resource) }, scopeSpans }] });
}

function event(name: string, attributes: Attributes): string {
	const record = {
		timeUnixNano: "1753443700000000000",
		body: { stringValue: name },
		attributes: attributesOf(attributes),
	};
	return JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords: [record] }] }] });
}

describeOnPostgres("a file of OTLP/JSON", (open) => {
	async function ingested(...lines: readonly string[]) {
		const db = await open();
		const path = join(temporaryDirectory(), "traces.jsonl");
		await writeFile(path, `${lines.join("\n")}\n`);
		const { rejected } = await ingestWith(otlp, db, { path: [path] });
		return { rows: await storedCalls(db), rejected, db };
	}

	it("counts calls to models, not the agents and tools whose spans repeat their usage", async () => {
		const operations = ["chat", "text_completion", "generate_content", "embeddings"];
		const others = ["invoke_agent", "execute_tool", "create_agent", "invoke_workflow", "retrieval"];
		const spans = [...operations, ...others].map((name, index) =>
			span({ ...usual, "gen_ai.operation.name": name }, { spanId: `EEE19B7EC3C1B1${10 + index}` }),
		);
		const server = span({ "http.method": "GET" }, { spanId: "EEE19B7EC3C1B199", name: "chat room" });
		const { rows } = await ingested(request([...spans, server]));
		expect(rows.map(({ operation }) => operation)).toEqual(operations);
	});

	it("knows a span by its ids in any case, and refuses ids in base64", async () => {
		const { rows } = await ingested(request([span()]), request([span(usual, { spanId: "eee19b7ec3c1b174" })]));
		expect(rows).toMatchObject([
			{ source_id: "5b8efff798038103d269b633813fc60c:eee19b7ec3c1b174", trace_id: "5b8efff798038103d269b633813fc60c" },
		]);
		expect((await ingested(request([span(usual, { spanId: "7uGbfsPBsXQ=" })]))).rejected).toBe(1);
	});

	it("keeps times exact to the microsecond, whether nanoseconds are a number or a text", async () => {
		const asText = { startTimeUnixNano: "1753443600123456789", endTimeUnixNano: "1753443600123457789" };
		const text = request([span(usual, asText)]);
		const number = text.replace(/"(\d{19})"/g, "$1").replace("EEE19B7EC3C1B174", "EEE19B7EC3C1B175");
		expect((await ingested(text, number)).rows).toMatchObject([
			{ timestamp: "2025-07-25T11:40:00.123456Z", duration_ms: 0.001 },
			{ timestamp: "2025-07-25T11:40:00.123456Z", duration_ms: 0.001 },
		]);
	});

	it("reads 64-bit numbers that are texts, and the names of earlier conventions", async () => {
		const earlier = {
			"gen_ai.system": "openai",
			"gen_ai.request.model": "gpt-4o",
			"gen_ai.usage.prompt_tokens": "1200",
			"gen_ai.usage.completion_tokens": 100,
		};
		const { rows } = await ingested(request([span(earlier)]));
		expect(rows).toMatchObject([{ provider: "openai", operation: "chat", input_tokens: 1200, output_tokens: 100 }]);
	});

	it("takes the first token's seconds as milliseconds, and input with its cached tokens as it is", async () => {
		const cached = { "gen_ai.usage.cache_read.input_tokens": 8, "gen_ai.response.time_to_first_chunk": "0.6" };
		const { rows } = await ingested(request([span({ ...usual, ...cached })]));
		expect(rows).toMatchObject([{ ttft_ms: 600, duration_ms: 2400, input_tokens: 12, cache_read_tokens: 8 }]);
		expect(rows[0]).not.toHaveProperty("reported_cost");
	});

	it("has failures, sessions, people and places", async () => {
		const words = { ...usual, "error.type": "429", "gen_ai.conversation.id": "conv-1", "user.id": "alice" };
		const status = { code: 2, message: "rate limited" };
		const resource = { "service.name": "checkout", "vcs.repository.url.full": "https://github.com/acme/web" };
		const { rows } = await ingested(request([span(words, { status })], resource));
		expect(rows).toMatchObject([
			{
				success: false,
				http_status: 429,
				error_message: "rate limited",
				session_id: "conv-1",
				developer: "alice",
				repository: "acme/web",
				metadata: { service: "checkout" },
			},
		]);
	});

	it("counts Claude Code's events once, and its metrics not at all", async () => {
		const attributes = { model: "claude-sonnet-4-5", input_tokens: "10", output_tokens: 20, cache_read_tokens: 300 };
		const metrics = JSON.stringify({
			resourceMetrics: [{ scopeMetrics: [{ metrics: [{ name: "claude_code.token.usage" }] }] }],
		});
		const { rows, rejected } = await ingested(
			event("claude_code.api_request", { ...attributes, "session.id": "s-1", cost_usd: "0.0012" }),
			event("claude_code.api_request", { ...attributes, "session.id": "s-1", cost_usd: "0.0012" }),
			event("claude_code.api_error", { model: "claude-sonnet-4-5", status_code: "529", error: "Overloaded" }),
			event("claude_code.user_prompt", { prompt: "hello" }),
			metrics,
		);
		expect(rejected).toBe(0);
		expect(rows).toHaveLength(2);
		expect(rows).toEqual(
			expect.arrayContaining([
				expect.objectContaining({
					input_tokens: 310,
					output_tokens: 20,
					reported_cost: "0.001200000",
					session_id: "s-1",
				}),
				expect.objectContaining({ success: false, http_status: 529, error_message: "Overloaded" }),
			]),
		);
	});

	it("is read from the examples of the specification, which hold no call", async () => {
		const examples = ["example-trace.json", "example-logs.json"].map((name) => `${import.meta.dirname}/data/${name}`);
		const db = await open();
		expect(await ingestWith(otlp, db, { path: examples })).toMatchObject({ inserted: 0, rejected: 0 });
		expect(await readFile(examples[0] ?? "", "utf8")).toContain("I'm a server span");
	});

	it("stores no prompt and no answer", async () => {
		const secret = { "gen_ai.input.messages": "a private prompt", "gen_ai.prompt": "a private prompt" };
		const bad = request([
			span({ ...usual, ...secret, "gen_ai.usage.input_tokens": -1 }, { spanId: "EEE19B7EC3C1B175" }),
		]);
		const { db, rejected } = await ingested(request([span({ ...usual, ...secret })]), bad, `${bad}"`);
		expect(rejected).toBe(2);
		const everything = [await db.query("SELECT * FROM llm_calls"), await db.query("SELECT * FROM dead_letters")];
		expect(JSON.stringify(everything)).not.toContain("private");
	});
});
