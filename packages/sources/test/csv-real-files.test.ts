import { fileURLToPath } from "node:url";
import { describeOnBothEngines } from "@tidemark/db/testing";
import { expect, it } from "vitest";
import { ingestCsv, totalsOf } from "./ingest-csv.ts";

const example = (path: string) => fileURLToPath(new URL(`../../../examples/${path}`, import.meta.url));
const azure = { map: ["prompt_tokens=ContextTokens,completion_tokens=GeneratedTokens"], default: ["model=gpt-4"] };

describeOnBothEngines("real usage files", (open) => {
	it("keep five calls of one second five calls, however often they are ingested", async () => {
		const db = await open();
		await ingestCsv(db, [example("usage-csv/usage.csv")]);
		await db.query("DELETE FROM checkpoints");
		const again = await ingestCsv(db, [example("usage-csv/usage.csv")]);
		expect(again.counts).toMatchObject({ read: 5, inserted: 0, updated: 0, unchanged: 5 });
		expect(await totalsOf(db)).toEqual({ calls: 5, input: 9800, output: 16_600, instants: 1 });
		const [figures] = await db.query(
			"SELECT avg(success::int)::float8 AS success, avg(duration_ms) AS duration, count(estimated_cost)::int AS priced FROM llm_calls",
		);
		expect(figures).toEqual({ success: 0.8, duration: 95_000, priced: 5 });
	});

	it("of Azure's code calls come in whole, to the microsecond, once and twice", async () => {
		const db = await open();
		const path = example("azure-llm/AzureLLMInferenceTrace_code.csv");
		await ingestCsv(db, [path], azure);
		const expected = { calls: 8819, input: 18_059_974, output: 245_896, instants: 8819 };
		expect(await totalsOf(db)).toEqual(expected);
		await db.query("DELETE FROM checkpoints");
		expect((await ingestCsv(db, [path], azure)).counts).toMatchObject({ inserted: 0, unchanged: 8819 });
		expect(await totalsOf(db)).toEqual(expected);
	});

	it("T45: of Azure's conversations come in whole, once and twice", async () => {
		const db = await open();
		const path = example("azure-llm/AzureLLMInferenceTrace_conv.csv");
		await ingestCsv(db, [path], azure);
		await ingestCsv(db, [path], azure);
		expect(await totalsOf(db)).toMatchObject({ calls: 19_366, input: 22_361_870, output: 4_088_665 });
	});

	it("from before the retention are counted as expired, and come in when it is off", async () => {
		const db = await open();
		const path = example("azure-llm/AzureLLMInferenceTrace_code.csv");
		const first = await ingestCsv(db, [path], { ...azure, retention: "6mo" });
		expect(first.counts).toMatchObject({ read: 8819, inserted: 0, expired: 8819 });
		const second = await ingestCsv(db, [path], azure);
		expect(second.counts).toMatchObject({ inserted: 8819, expired: 0 });
		expect(second.notices.join()).toContain("reading it again from the beginning");
	});

	it("that were read with a wrong --map are corrected by the right one", async () => {
		const db = await open();
		const path = example("azure-llm/AzureLLMInferenceTrace_code.csv");
		await ingestCsv(db, [path], { map: ["prompt_tokens=GeneratedTokens,completion_tokens=ContextTokens"] });
		await ingestCsv(db, [path], azure);
		expect(await totalsOf(db)).toMatchObject({ calls: 8819, input: 18_059_974, output: 245_896 });
	});
});
