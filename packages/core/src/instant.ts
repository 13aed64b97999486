import { utcFromLocal } from "./time-zone.ts";

const iso = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?\s*(Z|UTC|[+-]\d{2}:?(?:\d{2})?)?)?$/i;
const epoch = /^\d{9,19}(?:\.\d+)?$/;

const earliest = Date.UTC(2015, 0, 1);
const dayMs = 86_400_000;

/**
 * Reads a point in time as people write it: ISO 8601 with or without a zone, with any number of fractional digits, or a
 * Unix time in s, ms, us or ns (told apart by magnitude). Answers canonical text, `2023-11-16T18:17:03.979960Z`, cut to
 * microseconds, which is what PostgreSQL keeps.
 *
 * @param zone IANA name of the zone of times that name none
 * @throws Error with the reason: not a time, a day that does not exist, before 2015, or more than a day ahead
 */
export function parseInstant(text: string, zone = "UTC"): string {
	const match = iso.exec(text);
	if (match) return fromIso(match, text, zone);
	if (epoch.test(text)) return fromEpoch(text);
	throw new Error(`"${text.slice(0, 60)}" is not a timestamp`);
}

function fromIso(match: RegExpExecArray, text: string, zone: string): string {
	const [, year, month, day, hour = "00", minute = "00", second = "00", fraction = "", offset] = match;
	const local = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
	// Date.UTC rolls over: 30 February becomes 2 March, 24:61 becomes the next day.
	const written = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
	if (Number.isNaN(local) || !new Date(local).toISOString().startsWith(written)) {
		throw new Error(`"${text}" is not a day and time that exist`);
	}
	const utc = offset || zone === "UTC" ? local - offsetMs(offset) : utcFromLocal(local, zone);
	return canonical(utc, `${fraction}000000`.slice(0, 6));
}

function offsetMs(offset = "Z"): number {
	if (/^(Z|UTC)$/i.test(offset)) return 0;
	const [, sign, hours, minutes = "0"] = /^([+-])(\d{2}):?(\d{2})?$/.exec(offset) ?? [];
	return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

/** 10 digits are seconds until the year 2286, 13 milliseconds, 16 microseconds, 19 nanoseconds. */
function fromEpoch(text: string): string {
	const [whole = "", fraction = ""] = text.split(".");
	const perSecond = whole.length > 17 ? 9 : whole.length > 14 ? 6 : whole.length > 11 ? 3 : 0;
	const digits = whole + fraction;
	const pointAt = whole.length - perSecond;
	const micros = `${digits.slice(pointAt)}000000`.slice(0, 6);
	return canonical(Number(digits.slice(0, pointAt)) * 1000, micros);
}

function canonical(ms: number, micros: string): string {
	const seconds = new Date(ms).toISOString().slice(0, 19);
	if (ms < earliest) throw new Error(`${seconds}Z is before 2015, which no source here can mean`);
	if (ms > Date.now() + dayMs) throw new Error(`${seconds}Z lies more than a day ahead`);
	return `${seconds}.${micros}Z`;
}
