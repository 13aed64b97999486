import { describe, expect, it } from "vitest";
import { parseInstant } from "../src/index.ts";

const hourMs = 3_600_000;

describe("a timestamp in ISO 8601", () => {
	it.each([
		["2026-02-23T22:19:28Z", "2026-02-23T22:19:28.000000Z"],
		["2026-02-23 22:19:28Z", "2026-02-23T22:19:28.000000Z"],
		["2026-02-23t22:19:28z", "2026-02-23T22:19:28.000000Z"],
		["2026-02-23 22:19:28 UTC", "2026-02-23T22:19:28.000000Z"],
		["2026-02-23T22:19Z", "2026-02-23T22:19:00.000000Z"],
		["2026-02-23T22:19:28", "2026-02-23T22:19:28.000000Z"],
		["2026-02-23 22:19", "2026-02-23T22:19:00.000000Z"],
		["2026-02-23", "2026-02-23T00:00:00.000000Z"],
	])("is taken with and without a zone: %s", (text, instant) => {
		expect(parseInstant(text)).toBe(instant);
	});

	it.each([
		["2026-02-23T22:19:28+02:00", "2026-02-23T20:19:28.000000Z"],
		["2026-02-23T22:19:28+0200", "2026-02-23T20:19:28.000000Z"],
		["2026-02-23T22:19:28+02", "2026-02-23T20:19:28.000000Z"],
		["2026-02-23 22:19:28 +02:00", "2026-02-23T20:19:28.000000Z"],
		["2026-02-23T22:19:28-05:30", "2026-02-24T03:49:28.000000Z"],
		["2026-02-23T22:19:28.5-0930", "2026-02-24T07:49:28.500000Z"],
		["2026-03-01T00:30:00+14:00", "2026-02-28T10:30:00.000000Z"],
		["2015-01-01T00:00:00-00:00", "2015-01-01T00:00:00.000000Z"],
	])("is moved by its offset: %s", (text, instant) => {
		expect(parseInstant(text)).toBe(instant);
	});

	it.each([
		["", "000000"],
		[".9", "900000"],
		[".97", "970000"],
		[".979", "979000"],
		[".9799", "979900"],
		[".97996", "979960"],
		[".979960", "979960"],
		[".9799609", "979960"],
		[".97996099", "979960"],
		[".999999999", "999999"],
		[",123456789", "123456"],
	])("is cut to microseconds, never rounded: %s", (fraction, micros) => {
		expect(parseInstant(`2026-02-23T22:19:28${fraction}Z`)).toBe(`2026-02-23T22:19:28.${micros}Z`);
		expect(parseInstant(`2026-02-23T22:19:28${fraction}+01:00`)).toBe(`2026-02-23T21:19:28.${micros}Z`);
	});

	it("that a Date prints stands for itself", () => {
		const from = Date.UTC(2015, 0, 1);
		for (let count = 0; count < 2000; count++) {
			const text = new Date(from + Math.floor(Math.random() * (Date.now() - from))).toISOString();
			expect(parseInstant(text)).toBe(text.replace("Z", "000Z"));
		}
	});
});

describe("a Unix time", () => {
	it.each([
		["1700158623", "2023-11-16T18:17:03.000000Z"],
		["1700158623.97996", "2023-11-16T18:17:03.979960Z"],
		["1700158623979", "2023-11-16T18:17:03.979000Z"],
		["1700158623979.9609", "2023-11-16T18:17:03.979960Z"],
		["1700158623979960", "2023-11-16T18:17:03.979960Z"],
		["1700158623979960.9", "2023-11-16T18:17:03.979960Z"],
		["1700158623979960999", "2023-11-16T18:17:03.979960Z"],
		["1700158623979960999.5", "2023-11-16T18:17:03.979960Z"],
	])("has its unit by its magnitude: %s", (text, instant) => {
		expect(parseInstant(text)).toBe(instant);
	});

	it.each(["12345678", "-1700158623", "1.7e9", "17001586239799609990", "0x6556"])("is no other number: %s", (text) => {
		expect(() => parseInstant(text)).toThrow("is not a timestamp");
	});
});

describe("what is no timestamp", () => {
	it.each([
		"2026-02-30",
		"2026-04-31T10:00:00Z",
		"2025-02-29T10:00:00+02:00",
		"2100-02-29",
		"2026-00-10",
		"2026-13-10",
		"2026-01-00",
		"2026-01-32",
		"2026-01-01T24:00:00Z",
		"2026-01-01T10:60:00Z",
		"2026-01-01T10:00:60Z",
	])("is refused if no such day or time exists: %s", (text) => {
		expect(() => parseInstant(text)).toThrow(`"${text}" is not a day and time that exist`);
	});

	it.each(["2024-02-29", "2020-02-29T23:59:59Z"])("does not include leap days of leap years: %s", (text) => {
		expect(parseInstant(text)).toMatch(/-02-29T/);
	});

	it.each([
		"",
		"yesterday",
		"2026",
		"2026-2-3",
		"2026-02-23T",
		"2026-02-23T22",
		"2026-02-23T22:19:28.",
		"2026-02-23T22:19:28+25:00",
		"2026-02-23T22:19:28+02:60",
		"2026-02-23T22:19:28+02:",
		"2026-02-23T22:19:28 CET",
		"23.02.2026",
		"2026-02-23T22:19:28Z and more",
	])("is refused in any other form: %s", (text) => {
		expect(() => parseInstant(text)).toThrow(`"${text}" is not a timestamp`);
	});

	it.each(["2014-12-31T23:59:59Z", "2015-01-01T00:30:00+01:00", "0", "1420070399", "1420070399999"])(
		"is refused before 2015: %s",
		(text) => {
			expect(() => parseInstant(text)).toThrow(/before 2015|is not a timestamp/);
		},
	);

	it("is refused more than a day ahead, by whichever clock it is written", () => {
		const ahead = (hours: number) => new Date(Date.now() + hours * hourMs).toISOString();
		expect(parseInstant(ahead(23))).toMatch(/000Z$/);
		expect(() => parseInstant(ahead(25))).toThrow("lies more than a day ahead");
		expect(() => parseInstant(ahead(25).replace("Z", "+00:00"))).toThrow("lies more than a day ahead");
		expect(parseInstant(ahead(25).replace("Z", "+05:00"))).toMatch(/000Z$/);
		expect(() => parseInstant(String(Date.now() + 25 * hourMs))).toThrow("lies more than a day ahead");
	});

	it("is quoted only in part if it is long", () => {
		expect(() => parseInstant("x".repeat(5000))).toThrow(/^"x{60}" is not a timestamp$/);
	});
});
