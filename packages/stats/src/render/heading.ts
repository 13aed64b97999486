import type { Overview } from "../overview.ts";
import { dateOf, dateOrMoment, moment } from "./moment.ts";

/** `LLM calls by model` */
export function titleOf({ by }: Overview): string {
	return by ? `LLM calls by ${by}` : "LLM calls";
}

/** What the figures are about: the period, the zone it is told in, and how far the data reach. */
export function scopeOf({ period, dataThrough, total }: Overview): string[] {
	const through = dataThrough ? `data through ${moment(dataThrough, period.zone)}` : "no ingestion is done yet";
	const newest = total.newest ? [`newest call ${moment(total.newest, period.zone)}`] : [];
	return [upperFirst(wordsOf(period)), period.zone, through, ...newest];
}

/** Why there is nothing to see, and what to do; undefined where there is something. */
export function emptinessOf({ period, total, newestEver }: Overview): string | undefined {
	if (total.calls > 0) return undefined;
	if (newestEver === null) return "No calls are stored yet: `pnpm telemetry ingest all` reads what is configured.";
	const { zone, since } = period;
	const newest = `No calls ${wordsOf(period)}; the newest is from ${dateOf(newestEver, zone)}`;
	return newestEver < since ? `${newest}: try --since ${dateOf(newestEver, zone).slice(0, 7)}-01` : `${newest}.`;
}

function wordsOf({ since, until, zone }: Overview["period"]): string {
	const from = `since ${dateOrMoment(since, zone)}`;
	return until ? `${from} and before ${dateOrMoment(until, zone)}` : from;
}

function upperFirst(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}
