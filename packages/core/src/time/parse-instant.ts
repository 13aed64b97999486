import { convertToUtc, readOffsetMs } from "./time-zone.ts";

const iso =
	/^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?\s*(Z|UTC|[+-](?:0\d|1[0-5])(?::?[0-5]\d)?)?)?$/i;
const epoch = /^\d{9,19}(?:\.\d+)?$/;

const earliest = "2015";
const dayMs = 86_400_000;

/**
 * Reads a point in time as people write it: ISO 8601 with or without a zone, with any number of fractional digits, or a
 * Unix time in s, ms, us or ns (by magnitude). Returns canonical text, `2023-11-16T18:17:03.979960Z`, cut to
 * microseconds, which is what PostgreSQL keeps.
 *
 * @param zone IANA name of the zone for times that name none
 * @throws Error with the reason: not a time, a day that does not exist, before 2015, or more than a day ahead
 */
export function parseInstant(text: string, zone = "UTC"): string {
	const match = iso.exec(text);
	if (match) return fromIso(match, text, zone);
	if (epoch.test(text)) return fromEpoch(text);
	throw new Error(`"${text.slice(0, 60)}" is not a timestamp`);
}

/** Milliseconds since 1970 as canonical text. */
export function formatInstant(ms: number): string {
	return new Date(ms).toISOString().replace("Z", "000Z");
}

function fromIso(match: RegExpExecArray, text: string, zone: string): string {
	const [, year = "", month = "", day = "", hour = "00", minute = "00", second = "00", fraction = "", offset] = match;
	if (!exists(Number(year), Number(month), Number(day)) || hour > "23" || minute > "59" || second > "59") {
		throw new Error(`"${text}" is not a day and time that exist`);
	}
	const micros = `${fraction}000000`.slice(0, 6);
	const written = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
	const isUtc = offset === undefined ? zone === "UTC" : /^(Z|UTC)$/i.test(offset);
	// Nearly all logs are in UTC already, and there are many lines: these need no calendar.
	if (isUtc) return plausible(`${written}.${micros}Z`);
	const local = Date.parse(`${written}Z`);
	const utc = offset === undefined ? convertToUtc(local, zone) : local - readOffsetMs(offset);
	return plausible(`${new Date(utc).toISOString().slice(0, 19)}.${micros}Z`);
}

function exists(year: number, month: number, day: number): boolean {
	if (month < 1 || month > 12 || day < 1) return false;
	// Day 0 of the next month is the last of this one.
	return day <= 28 || day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** 10 digits are seconds until the year 2286, 13 milliseconds, 16 microseconds, 19 nanoseconds. */
function fromEpoch(text: string): string {
	const [whole = "", fraction = ""] = text.split(".");
	const perSecond = whole.length > 17 ? 9 : whole.length > 14 ? 6 : whole.length > 11 ? 3 : 0;
	const digits = whole + fraction;
	const pointAt = whole.length - perSecond;
	const micros = `${digits.slice(pointAt)}000000`.slice(0, 6);
	const seconds = new Date(Number(digits.slice(0, pointAt)) * 1000).toISOString().slice(0, 19);
	return plausible(`${seconds}.${micros}Z`);
}

/** The latest moment that was ever plausible; it only moves forward, so the clock is read only when it is passed. */
let latest = "";

function plausible(instant: string): string {
	if (instant < earliest) throw new Error(`${instant.slice(0, 19)}Z is before 2015, which no source here can mean`);
	if (instant > latest) latest = new Date(Date.now() + dayMs).toISOString();
	if (instant > latest) throw new Error(`${instant.slice(0, 19)}Z lies more than a day ahead`);
	return instant;
}
