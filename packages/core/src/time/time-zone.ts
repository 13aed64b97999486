interface Zone {
	readonly format: Intl.DateTimeFormat;
	/** By quarter of an hour, within which no zone changes; logs ask for the same ones again and again. */
	readonly offsets: Map<number, number>;
}

const zones = new Map<string, Zone>();

/** True for the name of a zone that this runtime knows, such as `Europe/Berlin`. */
export function isTimeZone(zone: string): boolean {
	try {
		openZone(zone);
		return true;
	} catch {
		return false;
	}
}

/**
 * A wall-clock time of a zone as UTC. Both are milliseconds since 1970, the first as if it were UTC. An hour that the
 * clock runs through twice counts as its first pass; one that it leaves out is counted on from before.
 */
export function convertToUtc(local: number, zone: string): number {
	const before = offsetAt(local - 86_400_000, zone);
	const guess = local - before;
	return offsetAt(guess, zone) === before ? guess : local - offsetAt(local - offsetAt(guess, zone), zone);
}

/** How far the zone's clock is ahead of UTC at that moment, in milliseconds. */
function offsetAt(utc: number, zone: string): number {
	const { format, offsets } = openZone(zone);
	const quarter = Math.floor(utc / 900_000);
	// 1/31/2026, GMT+02:00; UTC itself is GMT.
	const offset = offsets.get(quarter) ?? readOffsetMs(format.format(utc).split("GMT")[1] ?? "");
	offsets.set(quarter, offset);
	return offset;
}

/** `+05:30`, `-08`, `+0200` in milliseconds; nothing is 0. */
export function readOffsetMs(offset: string): number {
	const [, sign, hours = "0", minutes = "0"] = /^([+-])(\d{2}):?(\d{2})?$/.exec(offset) ?? [];
	return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

function openZone(timeZone: string): Zone {
	const format = () => new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" });
	const zone = zones.get(timeZone) ?? { format: format(), offsets: new Map() };
	zones.set(timeZone, zone);
	return zone;
}
