import type { CostUnit } from "@tidemark/calls";
import { describe, expect, it } from "vitest";
import { findCostUnit } from "../../src/portkey/cost-unit.ts";
import { logParser, logRows } from "../../src/portkey/log-rows.ts";
import { readLog } from "../../src/portkey/raw-log.ts";

const gpt = {
	id: "046b73bd-87da-4c0f-b716-2906d5f3f001",
	created_at: "Sat Jul 25 2026 11:14:18 GMT+0000 (Coordinated Universal Time)",
	ai_org: "openai",
	ai_model: "gpt-4o",
	req_units: 1000,
	res_units: 100,
	total_units: 1100,
	cost: 0.35,
	cost_currency: "USD",
};

function rows(
	line: object,
	{ withTexts = false, costUnit = "cents" }: { withTexts?: boolean; costUnit?: CostUnit } = {},
) {
	const raw = { ...readLog({ ...gpt, ...line }, withTexts), costUnit };
	const { llm_calls, prompt_instances } = logRows(logParser.parse(raw));
	return { raw, call: llm_calls?.[0], prompt: prompt_instances?.[0] };
}

describe("the time of a log", () => {
	const timeOf = (created_at: unknown) => rows({ created_at }).call?.timestamp;

	it("is read from Date text, ISO with and without a zone, and epochs", () => {
		expect(timeOf(gpt.created_at)).toBe("2026-07-25T11:14:18.000000Z");
		expect(timeOf("Sat Jul 25 2026 13:14:18 GMT+0200 (Central European Summer Time)")).toBe(
			"2026-07-25T11:14:18.000000Z",
		);
		expect(timeOf("Sat Jul 25 2026 11:14:18 GMT+0000")).toBe("2026-07-25T11:14:18.000000Z");
		expect(timeOf("2026-07-25T11:14:18.123Z")).toBe("2026-07-25T11:14:18.123000Z");
		expect(timeOf("2026-07-25T11:14:18.123456")).toBe("2026-07-25T11:14:18.123456Z");
		expect(timeOf(1784978058)).toBe("2026-07-25T11:14:18.000000Z");
		expect(timeOf(1784978058123)).toBe("2026-07-25T11:14:18.123000Z");
	});

	it("is refused where it is none", () => {
		for (const created_at of [undefined, null, "", {}, "yesterday", "Sat Foo 25 2026 11:14:18 GMT+0000", 5]) {
			expect(() => timeOf(created_at)).toThrow();
		}
	});
});

describe("the figures of a log", () => {
	it("may be numbers, texts or floats", () => {
		const { call } = rows({
			req_units: "12",
			res_units: "3.0",
			total_units: 15.0,
			is_success: 1.0,
			response_time: "88.5",
		});
		expect(call).toMatchObject({ inputTokens: 12, outputTokens: 3, totalTokens: 15, success: true, durationMs: 88.5 });
		expect(rows({ is_success: "False" }).call?.success).toBe(false);
		expect(rows({ is_success: 0 }).call?.success).toBe(false);
		expect(rows({ is_success: undefined, req_units: "", res_units: null }).call).toMatchObject({
			success: null,
			inputTokens: null,
			outputTokens: null,
		});
	});

	it("are refused where they are none", () => {
		for (const line of [
			{ req_units: -1 },
			{ res_units: 1.5 },
			{ cost: "free" },
			{ is_success: "maybe" },
			{ id: null },
		]) {
			expect(() => rows(line)).toThrow();
		}
	});

	it("count tokens of a prompt cache as input, also where the provider does not", () => {
		const openai = { prompt_tokens: 1000, prompt_tokens_details: { cached_tokens: 400 } };
		expect(rows({ response: { usage: openai } }).call).toMatchObject({
			inputTokens: 1000,
			cacheReadTokens: 400,
			totalTokens: 1100,
		});
		const usage = { input_tokens: 1000, cache_read_input_tokens: 300, cache_creation_input_tokens: 50 };
		expect(rows({ ai_model: "claude-opus-4-5", response: { usage } }).call).toMatchObject({
			inputTokens: 1350,
			cacheReadTokens: 300,
			cacheWriteTokens: 50,
			totalTokens: 1450,
		});
		const large = { input_tokens: 20, cache_read_input_tokens: 5000 };
		expect(rows({ req_units: 20, response: JSON.stringify({ usage: large }) }).call?.inputTokens).toBe(5020);
		const reasoning = { output_tokens_details: { reasoning_tokens: 64 }, input_tokens_details: { cached_tokens: 8 } };
		expect(rows({ response: { usage: reasoning } }).call).toMatchObject({ reasoningTokens: 64, cacheReadTokens: 8 });
	});

	it("have the kind of call from its address", () => {
		const operationOf = (request_url: string) => rows({ request_url }).call?.operation;
		expect(operationOf("https://api.openai.com/v1/chat/completions")).toBe("chat");
		expect(operationOf("https://api.anthropic.com/v1/messages?beta=true")).toBe("chat");
		expect(operationOf("https://api.openai.com/v1/embeddings")).toBe("embeddings");
		expect(operationOf("https://api.openai.com/v1/completions")).toBe("text_completion");
		expect(operationOf("https://example.com/")).toBeNull();
	});
});

describe("the cost of a log", () => {
	const logs = (factor: number) =>
		Array.from({ length: 9 }, (_, index) => readLog({ ...gpt, cost: 0.0035 * factor * (1 + index / 50) }, false));

	it("is found to be in dollars or cents by list prices, whatever single lines say", () => {
		expect(findCostUnit(logs(1))).toBe("usd");
		expect(findCostUnit(logs(0.6))).toBe("usd");
		expect(findCostUnit(logs(100))).toBe("cents");
		expect(findCostUnit([...logs(100), readLog({ ...gpt, cost: 0.0035 }, false), readLog({ cost: 5 }, false)])).toBe(
			"cents",
		);
	});

	it("is left undecided where it fits neither, costs nothing or names no known model", () => {
		expect(findCostUnit(logs(10))).toBeUndefined();
		expect(findCostUnit(logs(0))).toBeUndefined();
		expect(findCostUnit([readLog({ ...gpt, ai_model: "our-own" }, false)])).toBeUndefined();
		expect(findCostUnit([])).toBeUndefined();
	});

	it("is stored in dollars, and as it came where nobody knows the unit or it is another currency", () => {
		expect(rows({}, { costUnit: "cents" }).call).toMatchObject({
			reportedCost: "0.003500000",
			estimatedCost: "0.003500000",
		});
		expect(rows({}, { costUnit: "usd" }).call?.reportedCost).toBe("0.350000000");
		const unknown = { reportedCost: null, metadata: { cost: 0.35, cost_unit: "unknown", cost_currency: "USD" } };
		expect(rows({}, { costUnit: "unknown" }).call).toMatchObject(unknown);
		expect(rows({ cost_currency: "EUR" }).call).toMatchObject({
			reportedCost: null,
			metadata: { cost_currency: "EUR" },
		});
	});
});

describe("what was attached to a log", () => {
	it("is an object, text that holds one, or two lists", () => {
		const expected = { developer: "carol", repository: "acme/api" };
		expect(rows({ metadata: { _user: "carol", repo: "acme/api" } }).call).toMatchObject(expected);
		expect(rows({ metadata: '{"_user":"carol","repo":"acme/api"}' }).call).toMatchObject(expected);
		expect(rows({ metadata: { key: ["_user", "repo"], value: ["carol", "acme/api"] } }).call).toMatchObject(expected);
		for (const metadata of [null, "none", 7, []]) expect(rows({ metadata }).call?.metadata).toBeNull();
	});

	it("is kept where no column holds it, beside what the gateway itself says", () => {
		const attached = {
			_user: "carol",
			user: "c-17",
			repo: "../../etc",
			session_id: "s-1",
			phase: "build",
			nested: [1],
		};
		expect(rows({ metadata: attached }).call).toMatchObject({
			developer: "carol",
			sessionId: "s-1",
			phase: "build",
			repository: null,
			metadata: { user: "c-17", repo: "../../etc", nested: [1] },
		});
		expect(
			rows({ metadata: { environment: "ci" }, mode: "fallback", config: "pc-1", prompt_slug: "support" }).call,
		).toMatchObject({
			promptName: "support",
			metadata: { environment: "ci", mode: "fallback", config: "pc-1" },
		});
	});
});

describe("the prompt of a log", () => {
	const textOf = (request: unknown) => rows({ request }, { withTexts: true }).prompt?.originalText;
	const user = (content: unknown) => ({
		messages: [
			{ role: "system", content: "sys" },
			{ role: "user", content },
		],
	});

	it("is the last message of the user, in all the shapes of providers", () => {
		expect(textOf(user("hello"))).toBe("hello");
		expect(textOf(JSON.stringify(user("hello")))).toBe("hello");
		expect(textOf(user([{ type: "text", text: "a" }, { type: "image_url" }, { type: "text", text: "b" }]))).toBe(
			"a\nb",
		);
		const result = { type: "tool_result", content: [{ type: "text", text: "tool out" }] };
		expect(textOf(user([{ type: "text", text: "part one" }, result]))).toBe("part one");
		expect(textOf(user([result]))).toBe("tool out");
		expect(textOf({ messages: [...user("first").messages, { role: "assistant", content: "answer" }] })).toBe("first");
		expect(textOf({ input: "embed me" })).toBe("embed me");
		expect(textOf({ input: ["one", "two"] })).toBe("one\ntwo");
		expect(textOf({ input: [{ role: "user", content: [{ type: "input_text", text: "respond" }] }] })).toBe("respond");
		expect(textOf({ prompt: "complete me" })).toBe("complete me");
		for (const none of [null, "cut off {", {}, { messages: [] }, { messages: [{ role: "user" }] }, 7]) {
			expect(textOf(none)).toBeNull();
		}
	});

	it("is stored with what the log says of it", () => {
		expect(rows({ trace_id: "t-1", is_success: true, response_time: 517, metadata: { _user: "bob" } }).prompt).toEqual({
			createdAt: "2026-07-25T11:14:18.000000Z",
			source: "portkey",
			promptId: gpt.id,
			originalText: null,
			metadata: {
				trace_id: "t-1",
				ai_model: "gpt-4o",
				cost: 0.35,
				cost_currency: "USD",
				latency_ms: 517,
				status: true,
				metadata: { _user: "bob" },
			},
		});
	});

	it("and everything else that was said, sent or asked is left out before it is an entry, unless it is wanted", () => {
		const line = {
			request: user("a secret question"),
			response: { error: { type: "invalid_request_error", message: "a secret question was refused" } },
			request_url: "https://generativelanguage.googleapis.com/v1/models/g:generateContent?key=a-secret-key",
			request_details: { headers: { authorization: "Bearer a-secret-key", "x-forwarded-for": "203.0.113.7" } },
		};
		const { raw, call } = rows(line);
		expect(JSON.stringify(raw)).not.toMatch(/secret|203\.0/);
		expect(call).toMatchObject({ errorType: "invalid_request_error", errorMessage: null, operation: "chat" });
		const wanted = rows(line, { withTexts: true });
		expect(wanted.prompt?.originalText).toBe("a secret question");
		expect(wanted.call?.errorMessage).toBe("a secret question was refused");
		expect(JSON.stringify(wanted.raw)).not.toMatch(/secret-key|203\.0/);
	});
});
