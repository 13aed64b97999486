import { formatMoment } from "@tidemark/text";
import type { Period } from "../measures/period.ts";
import type { Timeline } from "../measures/timeline.ts";

/** What the figures of a part are about: the period, the zone it is said in, and how far the data reach. */
export function describeScope(period: Period, dataThrough: string | null): string[] {
	const through = dataThrough ? `data through ${formatMoment(dataThrough, period.zone)}` : "no ingestion is done yet";
	return [...describePeriod(period), through];
}

export function describePeriod(period: Period): string[] {
	return [upperFirst(inWords(period)), period.zone];
}

/** Where there is something to see instead of in this period: `No calls since 2026-03-01; the newest is from …`. */
export function describeAbsence(things: string, newestEver: string, period: Period): string {
	const date = formatMoment(newestEver, period.zone).slice(0, 10);
	const newest = `No ${things} ${inWords(period)}; the newest is from ${date}`;
	return newestEver < period.since ? `${newest}: try --since ${date.slice(0, 7)}-01` : `${newest}.`;
}

/** How much time one value of a trend is: `per day`. */
export function describeBucket({ buckets: { unit, every } }: Timeline): string {
	return every === 1 ? `per ${unit}` : `per ${every} ${unit}s`;
}

export function upperFirst(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `since 2026-02-01 and before 2026-03-01`; midnight is only the date. */
function inWords({ since, until, zone }: Period): string {
	const [from, to] = [since, until].map((instant) => instant && formatMoment(instant, zone).replace(/ 00:00$/, ""));
	return to ? `since ${from} and before ${to}` : `since ${from}`;
}
