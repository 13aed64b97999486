import { UsageError } from "@tidemark/db";
import { describe, expect, it } from "vitest";
import { parseDuration, parseSince } from "../src/index.ts";

describe("a duration", () => {
	it.each([
		["90s", 90_000],
		["10m", 600_000],
		["1.5h", 5_400_000],
		["6h", 21_600_000],
		["30d", 2_592_000_000],
		["2w", 1_209_600_000],
		["0s", 0],
	])("is a number and a unit: %s", (text, ms) => {
		expect(parseDuration(text)).toBe(ms);
	});

	it.each(["", "10", "m", "-5m", "10 m", "10min", "1y", "1.h", "6mo", "1h30m"])("is nothing else: %s", (text) => {
		expect(parseDuration(text)).toBeUndefined();
	});
});

describe("--since", () => {
	const now = Date.UTC(2026, 1, 23, 12);

	it.each([
		["2026-02-01", "2026-02-01T00:00:00.000000Z"],
		["2026-02-01T06:00:00+02:00", "2026-02-01T04:00:00.000000Z"],
		["30d", "2026-01-24T12:00:00.000000Z"],
		["12h", "2026-02-23T00:00:00.000000Z"],
		["1.1h", "2026-02-23T10:54:00.000000Z"],
	])("takes a date, a timestamp, or a span back from now: %s", (text, instant) => {
		expect(parseSince(text, now)).toBe(instant);
	});

	it.each(["", "last week", "2026-02-30", "1999-01-01", "20000d", `${"9".repeat(30)}w`])(
		"says what it takes instead of %s",
		(text) => {
			const parsing = () => parseSince(text, now);
			expect(parsing).toThrow(UsageError);
			expect(parsing).toThrow(`"${text}" is not a point in time.`);
			expect(parsing).toThrow(
				expect.objectContaining({ fix: expect.stringContaining("--since with a date (2026-02-01)") }),
			);
		},
	);
});
