import { describeSource } from "@tidemark/core/testing";
import { createSpendLog, startLitellmProxy } from "@tidemark/world/litellm";
import { afterAll } from "vitest";
import { litellm } from "../../src/litellm/source.ts";

const proxies = new AsyncDisposableStack();
afterAll(() => proxies.disposeAsync());

/** Calls of two weeks, several of the same time, until a few minutes ago. */
async function makeWorld() {
	const now = Date.now();
	const rows = Array.from({ length: 2200 }, (_, index) =>
		createSpendLog({
			id: `call-${index}`,
			startedAt: new Date(now - 300_000 - Math.floor(index / 3) * 1_400_000).toISOString(),
			hasFailed: index % 9 === 0,
		}),
	);
	const proxy = proxies.use(await startLitellmProxy({ key: "sk-key", rows }));
	return {
		flags: { "base-url": proxy.url, "api-key": "sk-key" },
		rows: { llm_calls: rows.length },
		// What began in the last three hours is asked for again, and then the cursor moves.
		steadyPages: 2,
		async spoil() {
			const startedAt = new Date(now - 10_000_000).toISOString();
			const overrides = [{ spend: "lots" }, { prompt_tokens: -1 }];
			for (const [index, override] of overrides.entries()) {
				proxy.rows.push(createSpendLog({ id: `bad-${index}`, startedAt, override }));
			}
			return overrides.length;
		},
	};
}

describeSource(litellm, { makeWorld });
