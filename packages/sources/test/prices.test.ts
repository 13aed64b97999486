import { calcPrice } from "@pydantic/genai-prices";
import { describe, expect, it } from "vitest";
import { estimateCost, type Usage } from "../src/prices.ts";

const usage = (input: number | null, output: number | null, cacheRead = 0, cacheWrite = 0): Usage => ({
	input,
	output,
	cacheRead,
	cacheWrite,
});

describe("the estimated cost of a call", () => {
	// List prices in US dollars per million tokens, in and out.
	it.each([
		["gpt-4o", "2026-01-01", usage(1000, 100), "0.003500000"], // 2.50, 10
		["claude-3-opus", "2026-02-23", usage(2500, 4800), "0.397500000"], // 15, 75
		["o3", "2025-05-01", usage(1000, 100), "0.014000000"], // 10, 40
		["o3", "2025-08-01", usage(1000, 100), "0.002800000"], // 2, 8 from June 2025 on
	])("of %s on %s goes by the price of that day", (model, day, tokens, cost) => {
		expect(estimateCost(model, null, `${day}T12:00:00.000000Z`, tokens)).toBe(cost);
	});

	it("takes cached tokens for part of the input, at their own price", () => {
		// 3.75 for a million written, 3 for the rest in, 15 out.
		const cost = estimateCost("claude-sonnet-4", null, "2026-01-01T00:00:00.000000Z", usage(4740, 255, 0, 4735));
		expect(cost).toBe("0.021596250");
	});

	it("takes a whole call at the upper tier once its prompt passes the limit", () => {
		// 2.50 in, 15 out above 200,000 tokens, not 1.25 and 10.
		const cost = estimateCost("gemini-2.5-pro", null, "2026-01-01T00:00:00.000000Z", usage(250_000, 1000));
		expect(cost).toBe("0.640000000");
	});

	it("is null where the model or its tokens are not known, never 0", () => {
		const now = "2026-01-01T00:00:00.000000Z";
		expect(estimateCost("my-own-model", null, now, usage(1000, 100))).toBeNull();
		expect(estimateCost(null, "openai", now, usage(1000, 100))).toBeNull();
		expect(estimateCost("gpt-4o", null, now, usage(null, null))).toBeNull();
	});

	it("finds models with a provider's prefix and under the providers' other names", () => {
		const now = "2026-01-01T00:00:00.000000Z";
		const cost = estimateCost("gpt-4o", "openai", now, usage(1000, 100));
		expect(cost).toBe("0.003500000");
		expect(estimateCost("azure/gpt-4o", null, now, usage(1000, 100))).toBe(cost);
		expect(estimateCost("gpt-4o", "azure_ai", now, usage(1000, 100))).toBe(cost);
		expect(estimateCost("gpt-4o", "some-gateway", now, usage(1000, 100))).toBe(cost);
	});

	it("survives more cached tokens than went in", () => {
		const cost = estimateCost("gemini-2.5-pro", null, "2026-01-01T00:00:00.000000Z", usage(10, 0, 300_000, 0));
		expect(Number(cost)).toBeGreaterThan(0);
	});

	it("is what the price list itself computes, kept prices or not", () => {
		const models = [
			"gpt-4o",
			"gpt-4",
			"claude-3-opus",
			"claude-sonnet-4-5",
			"o3",
			"deepseek-chat",
			"gemini-1.5-flash",
			"gpt-4o-mini",
		];
		for (const model of models) {
			for (const [input, output, read, write] of [
				[1000, 100, 0, 0],
				[9000, 1, 4000, 1000],
				[200_001, 50, 0, 0],
				[7, 0, 7, 0],
			] as const) {
				const timestamp = "2025-03-01T18:30:00.000000Z";
				const list = calcPrice(
					{ input_tokens: input, output_tokens: output, cache_read_tokens: read, cache_write_tokens: write },
					model,
					{ timestamp: new Date(timestamp) },
				);
				const estimate = Number(estimateCost(model, null, timestamp, usage(input, output, read, write)));
				expect(estimate, `${model} ${input} ${read} ${write}`).toBeCloseTo(list?.total_price ?? 0, 8);
			}
		}
	});
});
