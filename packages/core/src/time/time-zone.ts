const formats = new Map<string, Intl.DateTimeFormat>();

/** True for the name of a zone that this runtime knows, such as `Europe/Berlin`. */
export function isTimeZone(zone: string): boolean {
	try {
		openFormat(zone);
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
	const parts = openFormat(zone).formatToParts(utc);
	const part = (type: string) => Number(parts.find((each) => each.type === type)?.value);
	const shown = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
	return shown - Math.floor(utc / 1000) * 1000;
}

function openFormat(zone: string): Intl.DateTimeFormat {
	let format = formats.get(zone);
	if (!format) {
		format = new Intl.DateTimeFormat("en-US", {
			timeZone: zone,
			hourCycle: "h23",
			year: "numeric",
			month: "numeric",
			day: "numeric",
			hour: "numeric",
			minute: "numeric",
			second: "numeric",
		});
		formats.set(zone, format);
	}
	return format;
}
