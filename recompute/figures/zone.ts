const formats = new Map<string, Intl.DateTimeFormat>();

/** The date that a clock in the zone shows: `2026-10-25`. */
export function dateIn(zone: string, time: number): string {
	let format = formats.get(zone);
	if (format === undefined) {
		format = new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" });
		formats.set(zone, format);
	}
	return format.format(time);
}

export function nextDate(date: string, days = 1): string {
	return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The first moment of a date, whatever the clocks do around midnight. */
export function startOfDate(zone: string, date: string): number {
	// No zone is further from UTC than 14 hours; between the ends the date changes once.
	let before = Date.parse(`${date}T00:00:00Z`) - 16 * 3_600_000;
	let within = before + 32 * 3_600_000;
	while (within - before > 1) {
		const middle = Math.floor((before + within) / 2);
		if (dateIn(zone, middle) < date) before = middle;
		else within = middle;
	}
	return within;
}

/** As JSON shows moments. */
export function moment(time: number): string {
	return new Date(time).toISOString().replace("Z", "000Z");
}
