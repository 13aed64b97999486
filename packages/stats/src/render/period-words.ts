import type { Period } from "../period.ts";
import { dateOf, dateOrMoment, moment } from "./moment.ts";

/** `since 2026-02-01 and before 2026-03-01` */
function wordsOf({ since, until, zone }: Period): string {
	const from = `since ${dateOrMoment(since, zone)}`;
	return until ? `${from} and before ${dateOrMoment(until, zone)}` : from;
}

/** What the figures of a part are about: the period, the zone it is told in, and how far the data reach. */
export function scopeOf(period: Period, dataThrough: string | null): string[] {
	const through = dataThrough ? `data through ${moment(dataThrough, period.zone)}` : "no ingestion is done yet";
	return [...periodScope(period), through];
}

export function periodScope(period: Period): string[] {
	return [upperFirst(wordsOf(period)), period.zone];
}

/** Where there is something to see instead of in this period: `No calls since 2026-03-01; the newest is from …`. */
export function absenceOf(things: string, newestEver: string, period: Period): string {
	const newest = `No ${things} ${wordsOf(period)}; the newest is from ${dateOf(newestEver, period.zone)}`;
	return newestEver < period.since
		? `${newest}: try --since ${dateOf(newestEver, period.zone).slice(0, 7)}-01`
		: `${newest}.`;
}

export function upperFirst(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}
