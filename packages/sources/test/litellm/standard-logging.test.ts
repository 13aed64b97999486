import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../src/json/json-object.ts";
import { rowOf } from "./row-of.ts";

const record: JsonObject = {
	id: "chatcmpl-1",
	call_type: "acompletion",
	status: "success",
	stream: true,
	startTime: 1753442058.123456,
	completionStartTime: 1753442058.823456,
	endTime: 1753442061.523456,
	response_time: 0.7,
	model: "gpt-4o",
	custom_llm_provider: "openai",
	prompt_tokens: 100,
	completion_tokens: 20,
	total_tokens: 120,
	response_cost: 0.00045,
	metadata: {},
};

const failure = {
	...record,
	status: "failure",
	stream: null,
	response_cost: 0,
	prompt_tokens: 0,
	completion_tokens: 0,
	endTime: record.startTime,
	error_information: { error_code: "429", error_class: "RateLimitError", error_message: "slow down" },
};

describe("a payload of LiteLLM's standard logging", () => {
	it("lasts from its start to its end, whatever response_time says", () => {
		expect(rowOf(record)).toMatchObject({ timestamp: "2025-07-25T11:14:18.123456Z", durationMs: 3400, ttftMs: 700 });
	});

	it("has a first token only for a stream", () => {
		expect(rowOf({ ...record, stream: false })).not.toHaveProperty("ttftMs");
		expect(rowOf({ ...record, completionStartTime: record.endTime })).not.toHaveProperty("ttftMs");
	});

	it("takes times without a zone as UTC", () => {
		const times = { startTime: "2025-01-24 09:20:46.847371", endTime: "2025-01-24 09:20:46.851954" };
		expect(rowOf({ ...record, ...times })).toMatchObject({
			timestamp: "2025-01-24T09:20:46.847371Z",
			durationMs: 4.583,
		});
	});

	it("keeps what was billed apart from what the price list says", () => {
		expect(rowOf({ ...record, response_cost: 0.7 })).toMatchObject({
			reportedCost: "0.700000000",
			estimatedCost: "0.000450000",
		});
		const inText = { ...record, response_cost: null, hidden_params: { response_cost: "0.25" } };
		expect(rowOf(inText)).toMatchObject({ reportedCost: "0.250000000" });
	});

	it("has no cost, rather than none to pay, where LiteLLM found no price", () => {
		const unpriced = { ...record, response_cost: 0, response_cost_failure_debug_info: { error_str: "no such model" } };
		expect(rowOf(unpriced)).not.toHaveProperty("reportedCost");
	});

	it("of a failure has status and class, and no duration where it ends as it begins", () => {
		const row = rowOf(failure);
		expect(row).toMatchObject({
			success: false,
			httpStatus: 429,
			errorType: "RateLimitError",
			errorMessage: "slow down",
		});
		expect(row).not.toHaveProperty("durationMs");
		expect(rowOf({ ...failure, endTime: 1753442058.473456 })).toMatchObject({ durationMs: 350 });
	});

	it("has no status where there is no error code, or a word in its place", () => {
		for (const error_code of ["", "insufficient_quota", null]) {
			expect(rowOf({ ...failure, error_information: { error_code } })).not.toHaveProperty("httpStatus");
		}
	});

	it("does not take LiteLLM's own cache for a provider's prompt cache", () => {
		const hit = { ...record, id: "chatcmpl-1_cache_hit1753442500.12", cache_hit: true, response_cost: 0 };
		const row = rowOf(hit);
		expect(row).toMatchObject({ sourceId: hit.id, gatewayCacheHit: true, reportedCost: "0.000000000" });
		expect(row).not.toHaveProperty("cacheReadTokens");
		expect(rowOf({ ...record, cache_hit: "None" })).not.toHaveProperty("gatewayCacheHit");
	});

	it("counts a model as one whether or not its provider stands before it", () => {
		expect(rowOf({ ...record, model: "openai/gpt-4o" })).toMatchObject({ model: "gpt-4o" });
		const regional = { model: "bedrock/eu/claude", custom_llm_provider: "bedrock" };
		expect(rowOf({ ...record, ...regional })).toMatchObject({ model: "eu/claude" });
		expect(rowOf({ ...record, model: "" })).not.toHaveProperty("model");
	});

	it("is found inside what loggers dump around it", () => {
		expect(rowOf({ standard_logging_object: record })).toEqual(rowOf(record));
		expect(rowOf({ kwargs: { standard_logging_object: record }, model: "other" })).toEqual(rowOf(record));
	});

	it("is read from LiteLLM's own test data as it stands there", () => {
		const file = `${import.meta.dirname}/data/standard-logging-payload.json`;
		expect(rowOf(JSON.parse(readFileSync(file, "utf8")))).toMatchObject({
			timestamp: "2025-01-24T09:20:46.847371Z",
			inputTokens: 10,
			outputTokens: 20,
			reportedCost: "0.000225000",
		});
	});
});

describe("the tokens of a prompt cache", () => {
	const places: readonly (readonly [string, JsonObject])[] = [
		["the usage object", { metadata: { usage_object: { cache_read_input_tokens: 30 } } }],
		["its details", { metadata: { usage_object: { prompt_tokens_details: { cached_tokens: 30 } } } }],
		["the answer's usage", { response: { usage: { cache_read_input_tokens: 30 } } }],
		["the details of the answer's usage", { response: { usage: { prompt_tokens_details: { cached_tokens: 30 } } } }],
		["additional values", { metadata: { additional_usage_values: { prompt_tokens_details: { cached_tokens: 30 } } } }],
		["the record itself", { cache_read_tokens: 30 }],
	];
	it.each(places)("are found in %s", (_place, words) => {
		expect(rowOf({ ...record, ...words })).toMatchObject({ inputTokens: 100, cacheReadTokens: 30 });
	});

	it("are taken from the first place that has a number", () => {
		const usage_object = { cache_read_input_tokens: null, prompt_tokens_details: { cached_tokens: 30 } };
		const metadata = { usage_object, additional_usage_values: { cache_read_input_tokens: 99 } };
		expect(rowOf({ ...record, metadata })).toMatchObject({ cacheReadTokens: 30 });
	});

	it("are summed up where writes are split by how long they are kept", () => {
		const cache_creation_token_details = { ephemeral_5m_input_tokens: 10, ephemeral_1h_input_tokens: 5 };
		const metadata = { usage_object: { prompt_tokens_details: { cache_creation_token_details } } };
		expect(rowOf({ ...record, metadata })).toMatchObject({ cacheWriteTokens: 15 });
	});

	it("are added to the input where an old version left them out, and that is marked", () => {
		const usage_object = { cache_read_input_tokens: 3800, cache_creation_input_tokens: 3280 };
		expect(rowOf({ ...record, prompt_tokens: 10, metadata: { usage_object } })).toMatchObject({
			inputTokens: 7090,
			totalTokens: 7110,
			metadata: { tokens_adjusted: true },
		});
		const included = rowOf({ ...record, prompt_tokens: 7090, metadata: { usage_object } });
		expect(included).toMatchObject({ inputTokens: 7090 });
		expect(included).not.toHaveProperty("metadata");
	});

	it("are unknown, not 0, if nobody gives them", () => {
		const row = rowOf({ ...record, metadata: { usage_object: { cache_read_input_tokens: null } } });
		expect(row).not.toHaveProperty("cacheReadTokens");
		expect(row).not.toHaveProperty("cacheWriteTokens");
	});
});
