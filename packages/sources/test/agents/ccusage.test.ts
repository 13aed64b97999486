import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describeOnPostgres, temporaryDirectory } from "@tidemark/db/testing";
import { expect, it } from "vitest";
import { agents } from "../../src/agents/source.ts";
import { ingestWith, storedCalls } from "../litellm/ingest-files.ts";

const breakdown = (modelName: string, inputTokens: number, cost: number) => ({
	modelName,
	inputTokens,
	outputTokens: 200,
	cacheCreationTokens: 300,
	cacheReadTokens: 4000,
	cost,
});

const day = {
	date: "2026-07-25",
	inputTokens: 110,
	outputTokens: 400,
	totalTokens: 9110,
	totalCost: 1.75,
	modelsUsed: ["claude-opus-4-5", "claude-sonnet-4-5"],
	modelBreakdowns: [breakdown("claude-opus-4-5", 100, 1.5), breakdown("claude-sonnet-4-5", 10, 0.25)],
};

describeOnPostgres("what ccusage --json printed", (open) => {
	async function stored(...reports: readonly unknown[]) {
		const db = await open();
		const path = join(temporaryDirectory(), "usage.json");
		for (const report of reports) {
			await writeFile(path, `${JSON.stringify(report, null, 2)}\n`);
			const { rejected } = await ingestWith(agents, db, { path: [path] });
			expect(rejected).toBe(0);
		}
		return storedCalls(db);
	}

	it("becomes a sum for each day and model, with what went through the prompt cache as input", async () => {
		expect(await stored({ daily: [day], totals: { totalCost: 1.75 } })).toMatchObject([
			{
				timestamp: "2026-07-25T00:00:00.000000Z",
				model: "claude-opus-4-5",
				input_tokens: 4400,
				cache_read_tokens: 4000,
				cache_write_tokens: 300,
				output_tokens: 200,
				reported_cost: "1.500000000",
				metadata: { agent: "ccusage", sum_of: "day" },
			},
			{ model: "claude-sonnet-4-5", reported_cost: "0.250000000" },
		]);
	});

	it("replaces the sum of a day that has gone on", async () => {
		const later = { ...day, modelBreakdowns: [breakdown("claude-opus-4-5", 5000, 9), day.modelBreakdowns[1]] };
		expect(await stored({ daily: [day] }, { daily: [later] })).toMatchObject([
			{ reported_cost: "9.000000000", input_tokens: 9300 },
			{ reported_cost: "0.250000000" },
		]);
	});

	it("may be of months, sessions or blocks, without the gaps between these", async () => {
		const { date, ...sums } = day;
		const rows = await stored({ monthly: [{ ...sums, month: "2026-06" }] });
		expect(rows).toMatchObject([{ timestamp: "2026-06-01T00:00:00.000000Z" }, {}]);
		const session = { ...sums, sessionId: "s-1", lastActivity: "2026-07-24" };
		expect(await stored({ sessions: [session] })).toMatchObject([{ session_id: "s-1" }, { session_id: "s-1" }]);
		const tokenCounts = { inputTokens: 7, outputTokens: 8, cacheCreationInputTokens: 1, cacheReadInputTokens: 2 };
		const block = {
			id: "2026-07-25T10:00:00.000Z",
			startTime: "2026-07-25T10:00:00.000Z",
			tokenCounts,
			costUSD: 0.5,
			models: ["o3"],
		};
		const gap = { id: "gap", startTime: "2026-07-25T15:00:00.000Z", isGap: true, tokenCounts, costUSD: 0, models: [] };
		expect(await stored({ blocks: [block, gap] })).toMatchObject([
			{ timestamp: "2026-07-25T10:00:00.000000Z", model: "o3", input_tokens: 10, reported_cost: "0.500000000" },
		]);
	});
});
