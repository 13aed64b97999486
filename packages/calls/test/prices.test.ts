import { calcPrice, type MatchLogic, type ModelInfo, waitForUpdate } from "@pydantic/genai-prices";
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

	// All models of the list, on days and at hours before, at and after every change of a price.
	it("is what the price list itself computes, for every model, tier, cache and hour", async () => {
		const random = seededRandom(7);
		const pick = <Value>(values: readonly Value[]) => values[Math.floor(random() * values.length)] as Value;
		let compared = 0;
		for (const provider of (await waitForUpdate()) ?? []) {
			for (const model of provider.models) {
				const name = nameMatching(model.match) ?? model.id;
				for (let round = 0; round < 12; round++) {
					const at = pick([...turningPoints(model), Date.UTC(2023 + random() * 3, random() * 12, random() * 28)]);
					const timestamp = new Date(at + pick([-1, 0, 1, random() * 86_400_000])).toISOString();
					const input = Math.floor(pick([...tierStarts(model), 10 ** (random() * 7)]) + pick([-1, 0, 1]));
					const [read, write] = [pick([0, 0, 0.4, 1]), pick([0, 0, 0.3])].map((share) => Math.floor(input * share));
					const tokens = usage(
						input,
						Math.floor(10 ** (random() * 5)),
						read,
						Math.min(write ?? 0, input - (read ?? 0)),
					);
					if (input < 0) continue;
					const list = calcPrice(
						{
							input_tokens: input,
							output_tokens: tokens.output ?? 0,
							cache_read_tokens: tokens.cacheRead ?? 0,
							cache_write_tokens: tokens.cacheWrite ?? 0,
						},
						name,
						{ providerId: provider.id, timestamp: new Date(timestamp) },
					);
					if (!list) continue;
					const estimate = estimateCost(name, provider.id, timestamp.replace("Z", "000Z"), tokens);
					const difference = Math.abs(Number(estimate) - list.total_price);
					expect(difference, `${provider.id}/${name} at ${timestamp}: ${JSON.stringify(tokens)}`).toBeLessThan(1e-9);
					compared++;
				}
			}
		}
		expect(compared).toBeGreaterThan(10_000);
	});
});

/** When the prices of a model change: days, and hours of some day. */
function turningPoints({ prices }: ModelInfo): number[] {
	const constraints = Array.isArray(prices) ? prices.flatMap(({ constraint }) => constraint ?? []) : [];
	return constraints.flatMap((constraint) =>
		constraint.type === "start_date"
			? [Date.parse(constraint.start_date)]
			: [constraint.start_time, constraint.end_time].map((time) => Date.parse(`2025-11-20T${time}`)),
	);
}

function tierStarts({ prices }: ModelInfo): number[] {
	const all = Array.isArray(prices) ? prices.map((condition) => condition.prices) : [prices];
	return all
		.flatMap((each) => Object.values(each))
		.flatMap((price) => (typeof price === "object" ? price.tiers.map(({ start }) => start) : []));
}

/** A name by which a model is found, if its id is none. */
function nameMatching(match: MatchLogic): string | undefined {
	if ("or" in match) return match.or.map(nameMatching).find((name) => name !== undefined);
	if ("equals" in match) return match.equals;
	return "starts_with" in match ? match.starts_with : undefined;
}

/** Park and Miller's generator: the same numbers each time. */
function seededRandom(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state * 48_271) % 2_147_483_647;
		return state / 2_147_483_647;
	};
}
