import { describe, expect, test } from "vitest";
import { UsageError } from "../src/errors.ts";
import { computeCut, parseRetention } from "../src/retention.ts";
import { describeOnBothEngines } from "../src/testing/describe-on-engines.ts";
import { emptyTables } from "../src/testing/index.ts";
import { refusal, refused } from "./refusal.ts";

describe("a retention", () => {
	test.each([
		["6mo", "6 months"],
		["90d", "90 days"],
		["52w", "52 weeks"],
		["2y", "2 years"],
		["9999d", "9999 days"],
		["999y", "999 years"],
	])("of %s is %s", (text, interval) => {
		expect(parseRetention(text)).toMatchObject({ interval });
	});

	test("of off keeps everything", () => {
		expect(parseRetention("off")).toBeUndefined();
	});

	test.each([
		"",
		"0d",
		"-1d",
		"6",
		"mo",
		"6 mo",
		"6MO",
		"6m",
		"1.5y",
		"06mo",
		"10000d",
		"1000y",
		"6mo;",
		"Off",
		"6mo 1d",
	])("cannot be %j", async (text) => {
		expect(await refused(() => parseRetention(text))).toBeInstanceOf(UsageError);
	});

	test("that cannot be read is answered with examples", async () => {
		expect(await refusal(() => parseRetention("half a year"))).toMatchInlineSnapshot(`
			""half a year" is not a retention.
			Use for example 6mo, 24mo, 90d, 2y or off in TELEMETRY_RETENTION (--retention)."
		`);
	});
});

describeOnBothEngines("the moment before which rows are too old", (open) => {
	const db = emptyTables(open);

	async function cut(now: string, retention: string): Promise<string | null> {
		// By the calendar, in any time zone of the session.
		await db().query("SET TIME ZONE 'America/New_York'");
		const found = await computeCut(db(), parseRetention(retention), now);
		await db().query("SET TIME ZONE 'UTC'");
		return found;
	}

	test("goes by the calendar", async () => {
		const noon = (day: string) => `${day}T12:00:00.000001Z`;
		for (const [now, retention, expected] of [
			["2026-08-31", "6mo", "2026-02-28"],
			["2028-08-31", "6mo", "2028-02-29"],
			["2026-08-28", "6mo", "2026-02-28"],
			["2026-07-31", "1mo", "2026-06-30"],
			["2026-03-31", "1mo", "2026-02-28"],
			["2028-02-29", "1y", "2027-02-28"],
			["2028-02-29", "4y", "2024-02-29"],
			["2028-03-01", "1d", "2028-02-29"],
			["2026-03-01", "1d", "2026-02-28"],
			["2026-01-15", "2w", "2026-01-01"],
			["2026-01-31", "24mo", "2024-01-31"],
		] as const) {
			expect(await cut(noon(now), retention), `${now} less ${retention}`).toBe(noon(expected));
		}
	});

	test("is the same hour of the day across a change to summer time", async () => {
		expect(await cut("2026-03-09T07:30:00.000000Z", "2d")).toBe("2026-03-07T07:30:00.000000Z");
	});

	test("can be written down for the longest retention", async () => {
		expect(await computeCut(db(), parseRetention("999y"), "2026-01-31T12:00:00.000000Z")).toBe(
			"1027-01-31T12:00:00.000000Z",
		);
	});

	test("does not exist if everything is kept", async () => {
		expect(await cut("2026-03-09T07:30:00.000000Z", "off")).toBeNull();
	});
});
