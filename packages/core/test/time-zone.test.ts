import { describe, expect, it } from "vitest";
import { isTimeZone, parseInstant } from "../src/index.ts";

describe("a timestamp without a zone", () => {
	it.each([
		["Europe/Berlin", "2026-01-15 12:00:00", "2026-01-15T11:00:00.000000Z"],
		["Europe/Berlin", "2026-07-15 12:00:00.123456", "2026-07-15T10:00:00.123456Z"],
		["Europe/Berlin", "2026-07-15", "2026-07-14T22:00:00.000000Z"],
		["America/New_York", "2026-01-15T12:00:00", "2026-01-15T17:00:00.000000Z"],
		["America/New_York", "2026-07-15T22:00:00", "2026-07-16T02:00:00.000000Z"],
		["Asia/Kolkata", "2026-07-15 12:00:00", "2026-07-15T06:30:00.000000Z"],
		["Asia/Kathmandu", "2026-07-15 12:00:00", "2026-07-15T06:15:00.000000Z"],
		["Pacific/Kiritimati", "2026-03-01 00:30:00", "2026-02-28T10:30:00.000000Z"],
		["Pacific/Honolulu", "2026-02-28 20:00:00", "2026-03-01T06:00:00.000000Z"],
	])("is read by the clock of %s: %s", (zone, text, instant) => {
		expect(parseInstant(text, zone)).toBe(instant);
	});

	it.each([
		["Europe/Berlin", "2025-10-26 01:59:59", "2025-10-25T23:59:59.000000Z"],
		["Europe/Berlin", "2025-10-26 02:00:00", "2025-10-26T00:00:00.000000Z"],
		["Europe/Berlin", "2025-10-26 02:59:59.9", "2025-10-26T00:59:59.900000Z"],
		["Europe/Berlin", "2025-10-26 03:00:00", "2025-10-26T02:00:00.000000Z"],
		["America/New_York", "2025-11-02 01:30:00", "2025-11-02T05:30:00.000000Z"],
		["America/New_York", "2025-11-02 02:00:00", "2025-11-02T07:00:00.000000Z"],
	])("in the hour that %s runs through twice is taken as the first pass: %s", (zone, text, instant) => {
		expect(parseInstant(text, zone)).toBe(instant);
	});

	it.each([
		["Europe/Berlin", "2026-03-29 01:59:59", "2026-03-29T00:59:59.000000Z"],
		["Europe/Berlin", "2026-03-29 02:30:00", "2026-03-29T01:30:00.000000Z"],
		["Europe/Berlin", "2026-03-29 03:00:00", "2026-03-29T01:00:00.000000Z"],
		["America/New_York", "2026-03-08 02:30:00", "2026-03-08T07:30:00.000000Z"],
		["America/New_York", "2026-03-08 03:00:00", "2026-03-08T07:00:00.000000Z"],
	])("in the hour that %s leaves out is counted on from before: %s", (zone, text, instant) => {
		expect(parseInstant(text, zone)).toBe(instant);
	});

	it.each([
		"Europe/Berlin",
		"America/New_York",
		"America/Adak",
		"Pacific/Auckland",
		"Australia/Lord_Howe",
		"Asia/Kolkata",
	])("shows the time that the clock of %s showed, or its first pass", (zone) => {
		const clock = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
		const from = Date.UTC(2015, 0, 2);
		for (let count = 0; count < 500; count++) {
			const instant = from + Math.floor(Math.random() * ((Date.now() - from) / 1000)) * 1000;
			const shown = clock.format(instant);
			const read = Date.parse(parseInstant(shown, zone));
			expect(clock.format(read)).toBe(shown);
			expect([0, 1_800_000, 3_600_000]).toContain(instant - read);
		}
	});
});

it("a timestamp that names its zone is not read by another's clock", () => {
	expect(parseInstant("2026-07-15T12:00:00Z", "Europe/Berlin")).toBe("2026-07-15T12:00:00.000000Z");
	expect(parseInstant("2026-07-15T12:00:00+05:30", "Europe/Berlin")).toBe("2026-07-15T06:30:00.000000Z");
	expect(parseInstant("1700158623", "Europe/Berlin")).toBe("2023-11-16T18:17:03.000000Z");
});

it("a time zone is known by its IANA name", () => {
	expect(["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires"].filter(isTimeZone)).toHaveLength(3);
	expect(["", "Berlin", "Europe/Bonn", "Mars/Olympus"].filter(isTimeZone)).toEqual([]);
});
