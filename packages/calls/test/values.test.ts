import { describe, expect, it } from "vitest";
import { parseAmount, parseCost, parseText, parseTokens, parseTruth } from "../src/values.ts";

describe("values as people write them", () => {
	it("are counts when they are whole numbers of 0 or more", () => {
		expect(["12", "12.0", " 7 ", "1e3", "0"].map((text) => parseTokens("tokens", text))).toEqual([12, 12, 7, 1000, 0]);
	});

	it("are missing, not 0, when nothing or a word for nothing stands there", () => {
		for (const text of [undefined, "", "  ", "null", "None", "N/A", "nan", "-"]) {
			expect([
				parseTokens("tokens", text),
				parseAmount("ms", text),
				parseCost("cost", text),
				parseTruth("ok", text),
			]).toEqual([null, null, null, null]);
		}
		expect(parseText("")).toBeNull();
	});

	it.each([
		["-1", /tokens "-1" is negative/],
		["1e400", /too large/],
		["9007199254740993", /too large to be a count/],
		["1.5", /not a whole number/],
		["0x10", /not a number/],
		["12 tokens", /not a number/],
		["1,234", /not a number/],
		["Infinity", /not a number/],
	])("are refused as counts with the reason: %s", (text, reason) => {
		expect(() => parseTokens("tokens", text)).toThrow(reason);
	});

	it("are costs with nine decimals, up to what a call can cost", () => {
		expect(["7e-07", "$0.0035", "12"].map((text) => parseCost("cost", text))).toEqual([
			"0.000000700",
			"0.003500000",
			"12.000000000",
		]);
		expect(() => parseCost("cost", "100000")).toThrow(/more than one call can cost/);
	});

	it("are true or false in the words of any language's printer", () => {
		for (const text of ["true", "True", "1", "1.0", "yes", "success"]) expect(parseTruth("ok", text)).toBe(true);
		for (const text of ["false", "False", "0", "0.0", "no", "failed"]) expect(parseTruth("ok", text)).toBe(false);
		expect(() => parseTruth("ok", "maybe")).toThrow(/neither true nor false/);
	});
});
