import { expect, test } from "vitest";
import { save } from "../src/save.ts";
import type { Row } from "../src/table.ts";
import { describeOnBothEngines } from "../src/testing/describe-on-engines.ts";
import { emptyTables } from "../src/testing/index.ts";
import { call, coverage } from "./sample-rows.ts";

/** Texts that mean something in SQL, in array literals or in JSON, and nothing here. */
const texts = [
	"",
	" ",
	"NULL",
	"null",
	"true",
	"{}",
	"{a,b}",
	'{"a": 1}',
	"a,b",
	'"',
	'say "tide"',
	"\\",
	"\\\\",
	"\\u0000",
	'\\"',
	"'; DROP TABLE llm_calls; --",
	"$1",
	"line\nline\r\n\ttab",
	"\u0001\u001f\u007f\u0085",
	"naïve – 潮 🌊",
	"é".normalize("NFD"),
	"x".repeat(100_000),
];

/** Not storable in PostgreSQL, and what is stored instead. */
const repaired: readonly [string, string, string][] = [
	["a NUL byte", "a\u0000b", "ab"],
	["nothing but NUL bytes", "\u0000\u0000", ""],
	["half of a surrogate pair", "a\ud83c", "a\ufffd"],
	["the other half of it", "\udf0ab", "\ufffdb"],
];

const json = [
	{},
	[],
	"",
	"text",
	'{"not": "an object"}',
	0,
	-1.5e-7,
	true,
	false,
	[[], [[1]], {}],
	{ a: { b: [null, 1, "2", { c: false }] }, "": "empty", "quoted\\": '"' },
];

describeOnBothEngines("what save stores", (open) => {
	const db = emptyTables(open);

	const column = async (name: string) => {
		const rows = await db().query<{ value: unknown }>(`SELECT ${name} AS value FROM llm_calls ORDER BY timestamp`);
		return rows.map(({ value }) => value);
	};

	/** Saves one row for each, all in one batch, then each alone: values that are alone in a column travel otherwise. */
	async function storedBothWays<Value>(values: readonly Value[], given: (value: Value) => Partial<Row<"llm_calls">>) {
		const rows = values.map((value, index) =>
			call({ timestamp: `2026-01-02T03:04:05.${String(index).padStart(6, "0")}Z`, ...given(value) }),
		);
		await save(db(), { llm_calls: rows });
		for (const row of rows) {
			expect(await save(db(), { llm_calls: [row] })).toEqual({ inserted: 0, updated: 0, unchanged: 1 });
		}
	}

	test("is every text exactly, also in keys and in JSON", async () => {
		await storedBothWays(texts, (text) => ({ promptName: text, sourceId: text, metadata: { text, [text]: [text] } }));
		expect(await column("prompt_name")).toEqual(texts);
		expect(await column("source_id")).toEqual(texts);
		expect(await column("metadata")).toEqual(texts.map((text) => ({ text, [text]: [text] })));
	});

	test.each(repaired)("is text without %s", async (_, given, stored) => {
		const metadata = { list: [given], [given]: given };
		await storedBothWays([given, "beside"], (text) => ({ promptName: text, errorMessage: given, metadata }));
		expect(await column("prompt_name")).toEqual([stored, "beside"]);
		expect(await column("error_message")).toEqual([stored, stored]);
		expect((await column("metadata"))[0]).toEqual({ list: [stored], [stored]: stored });
	});

	test("is every kind of JSON", async () => {
		await storedBothWays(json, (metadata) => ({ metadata }));
		expect(await column("metadata")).toEqual(json);
	});

	test("is JSON null as no value", async () => {
		await save(db(), { llm_calls: [call({ metadata: null })] });
		expect(await db().query("SELECT metadata IS NULL AS nothing FROM llm_calls")).toEqual([{ nothing: true }]);
	});

	test.each([true, false])("is %s if it is the same in all rows of a batch", async (value) => {
		await save(db(), { llm_calls: [call({ sourceId: "1", success: value }), call({ sourceId: "2", success: value })] });
		expect(await column("success")).toEqual([value, value]);
	});

	test("is true and false beside each other", async () => {
		await storedBothWays([true, false, null], (success) => ({ success }));
		expect(await column("success")).toEqual([true, false, null]);
	});

	test("is time to the microsecond, so that calls a microsecond apart stay two", async () => {
		const instants = ["2026-01-02T03:04:05.000000Z", "2026-01-02T03:04:05.000001Z", "2026-01-02T03:04:05.999999Z"];
		await save(db(), { llm_calls: instants.map((timestamp) => call({ timestamp })) });
		expect(await column("timestamp")).toEqual(instants);
	});

	test("is money to the billionth of a dollar, exactly", async () => {
		const amounts = ["0.000000000", "0.000000001", "0.100000000", "99999.999999999", "-12345.678901234"];
		await storedBothWays(amounts, (estimatedCost) => ({ estimatedCost }));
		expect(await column("estimated_cost")).toEqual(amounts);
		expect(await db().query("SELECT sum(estimated_cost) AS sum FROM llm_calls")).toEqual([{ sum: "87654.421098766" }]);
	});

	test("is whole numbers as far as JavaScript counts, and fractions to the last bit", async () => {
		const counts = [0, 1, -1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER];
		const fractions = [0.1 + 0.2, 5e-324, Number.MAX_VALUE, -1e-7, 1e21];
		const both = counts.map((inputTokens, index) => ({ inputTokens, durationMs: fractions[index] }));
		await storedBothWays(both, (given) => ({ inputTokens: given.inputTokens, durationMs: given.durationMs ?? null }));
		expect(await column("input_tokens")).toEqual(counts);
		expect(await column("duration_ms")).toEqual(fractions);
	});

	test("is an empty text in a key, which is not a missing one", async () => {
		await save(db(), { coverage_snapshots: [coverage({ flag: "" }), coverage({ flag: "unit" })] });
		expect(await db().query("SELECT flag FROM coverage_snapshots ORDER BY flag")).toEqual([
			{ flag: "" },
			{ flag: "unit" },
		]);
	});
});
