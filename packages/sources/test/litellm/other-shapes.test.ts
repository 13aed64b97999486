import { describe, expect, it } from "vitest";
import { rowOf } from "./row-of.ts";

const traced = {
	timestamp: "2026-07-25T11:30:00Z",
	usage: { input_tokens: 1000, output_tokens: 500, total_tokens: 1500 },
	attributes: { "llm.model_name": "claude-3-sonnet", latency_ms: 1200, status_code: 200 },
	metadata: { session_id: "session_abc-1", developer_id: "alice" },
};

describe("people's own records", () => {
	const flat = {
		timestamp: "2026-07-25T11:25:00.120000Z",
		model: "claude-opus-4-5",
		provider: "anthropic",
		success: true,
		latency_ms: 1834.2,
		prompt_tokens: 3100,
		completion_tokens: 210,
		cache_read_tokens: 2800,
		cost_usd: 0.00815,
	};

	it("are read flat, and with their tokens in an object", () => {
		expect(rowOf(flat)).toMatchObject({
			inputTokens: 3100,
			durationMs: 1834.2,
			reportedCost: "0.008150000",
			success: true,
		});
		const { prompt_tokens, completion_tokens, success, ...rest } = flat;
		const nested = { ...rest, status: "failure", tokens: { input: 3100, output: 210, total: 3310 }, error: "Timeout" };
		expect(rowOf(nested)).toMatchObject({
			inputTokens: 3100,
			totalTokens: 3310,
			success: false,
			errorMessage: "Timeout",
		});
	});

	it("are the same record wherever and in whatever order of their keys they stand, and another one otherwise", () => {
		const reversed = Object.fromEntries(Object.entries(flat).reverse());
		expect(rowOf(reversed).sourceId).toBe(rowOf(flat).sourceId);
		expect(rowOf({ ...flat, completion_tokens: 211 }).sourceId).not.toBe(rowOf(flat).sourceId);
		expect(rowOf({ ...flat, request_id: "agent-ws:abc:1" }).sourceId).toBe("agent-ws:abc:1");
	});

	it("leave the outcome open with a word that nobody knows", () => {
		const { success, ...rest } = flat;
		expect(rowOf({ ...rest, status: "pending" })).not.toHaveProperty("success");
	});
});

describe("a traced record", () => {
	it("is read with its attributes and metadata", () => {
		expect(rowOf(traced)).toMatchObject({
			model: "claude-3-sonnet",
			inputTokens: 1000,
			durationMs: 1200,
			httpStatus: 200,
			success: true,
			sessionId: "session_abc-1",
			developer: "alice",
		});
	});

	it("reads seconds since 1970, and a zone other than UTC", () => {
		const { timestamp, ...rest } = traced;
		expect(rowOf({ ...rest, start_time: 1753443000 })).toMatchObject({ timestamp: "2025-07-25T11:30:00.000000Z" });
		const inBerlin = { ...traced, timestamp: "2026-07-25T11:31:00+02:00" };
		expect(rowOf(inBerlin)).toMatchObject({ timestamp: "2026-07-25T09:31:00.000000Z" });
	});

	it("is refused without a time, never dated now", () => {
		const { timestamp, ...rest } = traced;
		expect(() => rowOf(rest)).toThrow("timestamp is missing");
		expect(() => rowOf({ ...traced, timestamp: "not a date" })).toThrow(/not a timestamp/);
	});

	it("is refused without usage, never counted as nothing", () => {
		const { usage, ...rest } = traced;
		for (const record of [rest, { ...rest, usage: "bad" }]) expect(() => rowOf(record)).toThrow("usage is missing");
	});

	it("has the tokens that follow from its total", () => {
		const tokensOf = (usage: Readonly<Record<string, number>>) => {
			const { inputTokens, outputTokens, totalTokens } = rowOf({ ...traced, usage });
			return [inputTokens, outputTokens, totalTokens];
		};
		expect(tokensOf({ total_tokens: 900, output_tokens: 300 })).toEqual([600, 300, 900]);
		expect(tokensOf({ total_tokens: 900, input_tokens: 1000 })).toEqual([1000, 0, 900]);
		expect(tokensOf({ total_tokens: 77 })).toEqual([77, 0, 77]);
		expect(tokensOf({ input_tokens: 5 })).toEqual([5, undefined, undefined]);
	});

	it("finds its metadata in a text, in its attributes, under a name with a dot, and inside words", () => {
		const { metadata, ...rest } = traced;
		const json = '{"requester_metadata": {"user_id": "user_1_session_zz9", "developer_id": "bob"}}';
		expect(rowOf({ ...rest, metadata: json })).toMatchObject({ sessionId: "zz9", developer: "bob" });
		expect(rowOf({ ...rest, "attributes.metadata": { session_id: "s-2" } })).toMatchObject({ sessionId: "s-2" });
		expect(rowOf({ ...rest, attributes: { metadata: { session_id: "s-3" } } })).toMatchObject({ sessionId: "s-3" });
		expect(rowOf({ ...rest, metadata: "free text session-77 tail" })).toMatchObject({ sessionId: "77" });
	});

	it("fails with a status of 400 and more, also where that is text", () => {
		const attributes = { "http.status_code": "429" };
		expect(rowOf({ ...traced, attributes })).toMatchObject({ success: false, httpStatus: 429 });
		expect(rowOf({ ...traced, attributes: {} })).not.toHaveProperty("success");
	});
});

describe("a record of the first generic callback", () => {
	const generic = {
		id: "chatcmpl-9",
		call_type: "acompletion",
		cache_hit: "None",
		startTime: "2024-01-24 09:20:46.847371",
		endTime: "2024-01-24 09:20:47.847371",
		model: "gpt-4o",
		user: "None",
		modelParameters: "{'stream': False}",
		messages: "[{'role': 'user', 'content': 'hello'}]",
		usage: "Usage(completion_tokens=20, prompt_tokens=10, total_tokens=30)",
		metadata: "{'user_id': 'user_1_session_zz9'}",
		cost: "0.00022500000000000002",
	};

	it("is read though every value is text as Python prints it", () => {
		const row = rowOf(generic);
		expect(row).toMatchObject({
			timestamp: "2024-01-24T09:20:46.847371Z",
			durationMs: 1000,
			inputTokens: 10,
			outputTokens: 20,
			totalTokens: 30,
			reportedCost: "0.000225000",
			sessionId: "zz9",
		});
		for (const missing of ["developer", "gatewayCacheHit", "success"]) expect(row).not.toHaveProperty(missing);
		const printedDict = { ...generic, usage: "{'prompt_tokens': 7, 'completion_tokens': 3}", cost: "None" };
		expect(rowOf(printedDict)).toMatchObject({ inputTokens: 7, outputTokens: 3 });
		expect(rowOf(printedDict)).not.toHaveProperty("reportedCost");
	});
});

describe("any other object", () => {
	it("is refused as none of the shapes", () => {
		for (const record of [{}, { foo: 1 }, { id: "x", model: "gpt-4o" }]) {
			expect(() => rowOf(record)).toThrow("none of the known shapes");
		}
	});
});
