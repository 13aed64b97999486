import { formatThreeDigits, unknown } from "./numbers.ts";

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * A span in the unit a person would choose: `850 ms`, `42 s`, `1.2 s`, `2.1 min`, `3.4 h`, `5.6 d`. Whole milliseconds
 * and seconds have no decimals: GitHub knows no parts of a second.
 */
export function formatDuration(ms: number | null): string {
	if (ms === null) return unknown;
	if (ms < 999.5) return `${Number.isInteger(ms) ? ms : formatThreeDigits(ms)} ms`;
	if (ms < 59.95 * second) return `${(ms / second).toFixed(ms % second === 0 ? 0 : 1)} s`;
	if (ms < 59.95 * minute) return `${(ms / minute).toFixed(1)} min`;
	if (ms < 47.95 * hour) return `${(ms / hour).toFixed(1)} h`;
	return `${(ms / day).toFixed(1)} d`;
}

/** How long something took, while somebody waited: `0.4 s`, `2 min 5 s`. */
export function formatElapsed(ms: number | null): string {
	if (ms === null) return unknown;
	if (ms < 59.95 * second) return `${(ms / second).toFixed(1)} s`;
	// Rounded once, before it is split, so that no remainder reads 60.
	const seconds = Math.round(ms / second);
	return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** `2026-02-23 22:19`: an instant (ISO 8601) in a time zone, to the minute. */
export function formatMoment(instant: string | null, zone: string): string {
	if (instant === null) return unknown;
	// Swedes write dates as ISO 8601 does.
	const format = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" });
	return format.format(new Date(instant));
}
