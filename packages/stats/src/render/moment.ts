/** `2026-02-23 22:19`: an instant in a time zone, to the minute. */
export function moment(instant: string, zone: string): string {
	const parts = new Intl.DateTimeFormat("en", {
		timeZone: zone,
		calendar: "iso8601",
		hourCycle: "h23",
		year: "numeric",
		month: "2-digit",
		day: "2-digit",
		hour: "2-digit",
		minute: "2-digit",
	}).formatToParts(new Date(instant));
	const part = (wanted: string) => parts.find(({ type }) => type === wanted)?.value ?? "";
	return `${part("year").padStart(4, "0")}-${part("month")}-${part("day")} ${part("hour")}:${part("minute")}`;
}

/** As `moment`, but midnight is only the date: `2026-02-23`. */
export function dateOrMoment(instant: string, zone: string): string {
	return moment(instant, zone).replace(/ 00:00$/, "");
}

/** `2026-02-23` */
export function dateOf(instant: string, zone: string): string {
	return moment(instant, zone).slice(0, 10);
}
