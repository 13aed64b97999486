import { UsageError } from "@tidemark/db";
import { describe, expect, it } from "vitest";
import { generalSettings, ingestSettings, listSettings, readSettings } from "../src/index.ts";

const read = (environment: Record<string, string>) => readSettings(generalSettings, { flags: {}, environment });
const readIngest = (environment: Record<string, string>) => readSettings(ingestSettings, { flags: {}, environment });

describe("the settings of every command", () => {
	it("have defaults that need no server and keep six months", () => {
		expect(read({})).toEqual({
			databaseDirectory: ".telemetry/db",
			retention: { interval: "6 months" },
		});
	});

	it("show their defaults as they would be typed", () => {
		expect(listSettings(generalSettings).map(({ flag, fallback }) => [flag, fallback])).toEqual([
			["database-url", undefined],
			["db-dir", ".telemetry/db"],
			["retention", "6mo"],
		]);
	});

	it("take a retention, also none", () => {
		expect(read({ TELEMETRY_RETENTION: "90d" }).retention).toEqual({ interval: "90 days" });
		expect(read({ TELEMETRY_RETENTION: "off" }).retention).toBeUndefined();
		expect(() => read({ TELEMETRY_RETENTION: "six months" })).toThrow(UsageError);
	});
});

describe("the settings of every ingestion", () => {
	it("take everything there is, at its leisure, unless something else is asked for", () => {
		expect(readIngest({})).toEqual({ maxBad: null });
	});

	it("take a share of bad entries in percent", () => {
		expect(["5%", "0%", "12.5 %", "100%"].map((share) => readIngest({ TELEMETRY_MAX_BAD: share }).maxBad)).toEqual([
			0.05, 0, 0.125, 1,
		]);
		for (const share of ["5", "101%", "-1%", "few"]) {
			expect(() => readIngest({ TELEMETRY_MAX_BAD: share })).toThrow(
				`"${share}" does not fit TELEMETRY_MAX_BAD (--max-bad): it should be a percentage such as 5%.`,
			);
		}
	});

	it("take a time budget", () => {
		expect(readIngest({ TELEMETRY_MAX_DURATION: "10m" }).maxDurationMs).toBe(600_000);
		expect(() => readIngest({ TELEMETRY_MAX_DURATION: "soon" })).toThrow(
			'"soon" does not fit TELEMETRY_MAX_DURATION (--max-duration): it should be a time such as 90s, 10m or 2h.',
		);
	});
});
