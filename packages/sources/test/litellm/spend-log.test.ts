import { readFileSync } from "node:fs";
import { createSpendLog } from "@tidemark/world/litellm";
import { describe, expect, it } from "vitest";
import { rowOf } from "./row-of.ts";

const call = { id: "chatcmpl-1", startedAt: "2026-07-25T11:20:00.123Z", durationMs: 2400 };

describe("a row of the proxy's spend logs", () => {
	it("becomes a call with what was spent, in dollars", () => {
		expect(rowOf(createSpendLog({ ...call, tags: ["User-Agent: claude-cli", "repo:acme/web"] }))).toMatchObject({
			timestamp: "2026-07-25T11:20:00.123000Z",
			sourceId: "chatcmpl-1",
			durationMs: 2400,
			inputTokens: 1000,
			outputTokens: 100,
			reportedCost: "0.003500000",
			success: true,
			gatewayCacheHit: false,
			developer: "alice",
			repository: "acme/web",
			metadata: { team: "platform", key_alias: "ci", model_group: "gpt-4o" },
		});
	});

	it("has a first token only if it came before the last", () => {
		expect(rowOf(createSpendLog(call))).not.toHaveProperty("ttftMs");
		const override = { completionStartTime: "2026-07-25T11:20:00.723Z" };
		expect(rowOf(createSpendLog({ ...call, override }))).toMatchObject({ ttftMs: 600 });
	});

	it("of a failure has neither duration nor provider, and empty texts are missing", () => {
		const row = rowOf(createSpendLog({ ...call, hasFailed: true }));
		expect(row).toMatchObject({ success: false, httpStatus: 429, errorType: "RateLimitError" });
		for (const missing of ["durationMs", "provider", "operation"]) expect(row).not.toHaveProperty(missing);
	});

	it("reads metadata and tags that stand in a text, as callbacks write them", () => {
		const row = createSpendLog({ ...call, tags: ["repository: acme/web"] });
		const dumped = { ...row, metadata: JSON.stringify(row.metadata), request_tags: JSON.stringify(row.request_tags) };
		expect(rowOf(dumped)).toEqual(rowOf(row));
	});

	it("knows True, False and None", () => {
		const hit = (cache_hit: string) => rowOf(createSpendLog({ ...call, override: { cache_hit } })).gatewayCacheHit;
		expect(["True", "False", "None", ""].map(hit)).toEqual([true, false, undefined, undefined]);
	});

	it("is one with the payload of the same call", () => {
		const spend = rowOf(createSpendLog({ ...call, override: { model: "openai/gpt-4o" } }));
		const payload = rowOf({
			id: call.id,
			call_type: "acompletion",
			startTime: 1784978400.123456,
			endTime: 1784978402.523456,
			custom_llm_provider: "openai",
			model: "gpt-4o",
			response_cost: 0.0035,
			status: "success",
		});
		for (const column of ["sourceId", "model", "provider", "reportedCost", "success", "durationMs"] as const) {
			expect(spend[column]).toEqual(payload[column]);
		}
	});

	it("is one with the payload also where it came from LiteLLM's cache, which invents an id each time it logs", () => {
		const litellm_call_id = "4067e832-4d14-456f-99b5-ae29ef7627aa";
		const logged = (time: string) => ({ ...call, id: `chatcmpl-1_cache_hit${time}` });
		const spend = createSpendLog({ ...logged("1795247712.8079123"), override: { metadata: { litellm_call_id } } });
		const payload = {
			id: logged("1795247712.8047574").id,
			litellm_call_id,
			call_type: "",
			startTime: 1784978400,
			response_cost: 0,
		};
		expect([rowOf(spend).sourceId, rowOf(payload).sourceId]).toEqual([litellm_call_id, litellm_call_id]);
	});

	it("is read from LiteLLM's own test data as it stands there", () => {
		const file = `${import.meta.dirname}/data/spend-logs-payload.json`;
		expect(rowOf(JSON.parse(readFileSync(file, "utf8")))).toMatchObject({
			timestamp: "2025-01-24T09:20:46.847371Z",
			sessionId: "1234567890",
			reportedCost: "0.000225000",
			success: true,
		});
	});
});
