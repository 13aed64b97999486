import { describe, expect, it } from "vitest";
import { peekLayout } from "../../src/json/json-layout.ts";
import { readJsonValues } from "../../src/json/json-values.ts";
import { isTooDeep, parseJson } from "../../src/json/parse-json.ts";

async function* inPieces(text: string, size: number): AsyncIterable<Buffer> {
	const bytes = Buffer.from(text);
	for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function valuesIn(text: string, size = 1024): Promise<string[]> {
	return Array.fromAsync(readJsonValues(inPieces(text, size)), (value) =>
		value.text !== undefined ? `${value.line} ${value.text}` : `${value.line} spoilt: ${value.spoilt}`,
	);
}

describe("a document of JSON", () => {
	const text = '\ufeff[\n  {"a": "}] \\" \\\\", "ä": [1, {"b": 2}]},\n  {}\n]\n[{"c": 3}]\n{\n  "d": 4\n}';

	it("is split into its values wherever its bytes are cut", async () => {
		const whole = await valuesIn(text);
		expect(whole.map((value) => JSON.parse(value.slice(2)))).toEqual([
			{ a: '}] " \\', ä: [1, { b: 2 }] },
			{},
			{ c: 3 },
			{ d: 4 },
		]);
		expect(whole.map((value) => value.slice(0, 1))).toEqual(["2", "3", "5", "6"]);
		for (let size = 1; size < 20; size++) expect(await valuesIn(text, size)).toEqual(whole);
	});

	it("loses a value whose quote is never closed, and goes on with the next line", async () => {
		const broken = '[\n{"a": "never,\n{"b": 1},\n{"c": 2}\n]';
		for (const size of [1, 7, 1024]) {
			expect(await valuesIn(broken, size)).toEqual([
				"2 spoilt: not JSON: what begins here is never closed",
				'3 {"b": 1}',
				'4 {"c": 2}',
			]);
		}
	});

	it("reports what is no value once, not line by line", async () => {
		const foreign = `[\n{"a": 1},\n${"words\n".repeat(100)}{"b": 2},\n]`;
		expect(await valuesIn(foreign, 16)).toEqual([
			'2 {"a": 1}',
			"3 spoilt: not JSON: neither an object nor a list of objects",
			'103 {"b": 2}',
		]);
	});

	it("that ends within a value says where that began", async () => {
		expect(await valuesIn('[\n{"a": 1},\n{"b": [')).toEqual([
			'2 {"a": 1}',
			"3 spoilt: not JSON: what begins here is never closed",
		]);
	});
});

describe("the layout of a file", () => {
	it.each(
		[
			['{"a": 1}\n{"b": 2}\n', "lines"],
			['[{"a": 1}, {"b": 2}]\n', "lines"],
			["{broken\n", "lines"],
			['[{"a": 1}, {"b\n{"c": 3}\n', "lines"],
			["", "lines"],
			["\ufeff\n\n[\n{}\n]", "document"],
			["{\n}", "document"],
			['[{\n  "a": 1 }]', "document"],
			['[{"a": 1},\n{"b": 2}]', "document"],
			[`[{"a": "${"x".repeat(70_000)}"}]`, "document"],
			[`{"a": "${"x".repeat(70_000)}"}`, "lines"],
		].map(([text = "", expected]) => ({ beginning: text.slice(0, 30), text, expected })),
	)("that begins with $beginning is recognised by that, and nothing of it is lost", async ({ text, expected }) => {
		for (const size of [1, 100_000]) {
			const { layout, content } = await peekLayout(inPieces(text, size));
			expect(layout).toBe(expected);
			expect(Buffer.concat(await Array.fromAsync(content)).toString()).toBe(text);
			if (text.length > 1000) break;
		}
	});
});

describe("a value of JSON", () => {
	it("keeps whole numbers that no JavaScript number holds as text", () => {
		const text = '{"a": 1753443600123456789, "b": 12, "c": 1.5, "d": ["1753443600123456789", 9007199254740993]}';
		expect(parseJson(text)).toEqual({
			a: "1753443600123456789",
			b: 12,
			c: 1.5,
			d: ["1753443600123456789", "9007199254740993"],
		});
		expect(parseJson("{")).toBeUndefined();
	});

	it("is too deep by its brackets, not by those in its texts", () => {
		const long = "x".repeat(70_000);
		expect(isTooDeep(`["${long}${"[".repeat(5000)}\\"["]`)).toBe(false);
		expect(isTooDeep(`{"a": "${long}", "b": ${"[".repeat(5000)}`)).toBe(true);
	});
});
