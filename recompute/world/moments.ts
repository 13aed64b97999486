import { dateIn, nextDate, startOfDate } from "../figures/zone.ts";
import type { Random } from "./random.ts";

/** Where clocks are changed at two in the morning, by half an hour, or exactly at midnight; and one that is 45 minutes off. */
export const zones = [
	"Europe/Berlin",
	"America/New_York",
	"Australia/Lord_Howe",
	"America/Santiago",
	"America/Havana",
	"Asia/Kathmandu",
] as const;

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** The moments of the last 200 days at which a zone's clock was changed. */
export function clockChanges(zone: string, now: number): number[] {
	const changes: number[] = [];
	for (let time = Math.floor((now - 200 * dayMs) / hourMs) * hourMs; time < now; time += hourMs) {
		if (offsetOf(zone, time) !== offsetOf(zone, time + hourMs)) changes.push(time + hourMs);
	}
	return changes;
}

const formats = new Map(zones.map((zone): [string, Intl.DateTimeFormat] => [zone, formatOf(zone)]));

function formatOf(zone: string): Intl.DateTimeFormat {
	return new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
}

/** What the clock of a zone is ahead of UTC. */
function offsetOf(zone: string, time: number): number {
	const shown = (formats.get(zone) ?? formatOf(zone)).format(time);
	return Date.parse(`${shown.replace(" ", "T")}Z`) - time;
}

export interface Moments {
	/** Anywhere in the month before now, and in the days around each change of a clock; ascending. */
	readonly ordinary: readonly number[];
	/** The first and the last second of days of 23, 24 and 25 hours, and the seconds at which clocks were changed. */
	readonly edges: readonly number[];
	/** Before all of them. */
	readonly first: number;
}

/** Moments for things to happen at, in whole seconds. */
export function momentsOf(random: Random, now: number, count: number): Moments {
	const ordinary: number[] = [];
	const edges = new Set<number>();
	for (const zone of zones) {
		const newest = clockChanges(zone, now).at(-1);
		if (newest === undefined) continue;
		const date = dateIn(zone, newest);
		for (const each of [date, nextDate(date), nextDate(date, -1)]) {
			const start = startOfDate(zone, each);
			for (const edge of [start, start - 1000, newest, newest - 1000]) edges.add(edge);
		}
		// The hour that a clock shows twice, when that is the one after midnight.
		for (const minutes of [5, 35, 65]) edges.add(startOfDate(zone, date) + minutes * 60_000);
		for (let index = 0; index < count / 12; index++) ordinary.push(newest + random.integer(-129_600, 129_600) * 1000);
	}
	while (ordinary.length < count) ordinary.push(now - 6 * hourMs - random.integer(0, 29 * 86_400) * 1000);
	const past = (time: number) => time < now - 6 * hourMs;
	const all = { ordinary: ordinary.filter(past).sort(ascending), edges: [...edges].filter(past).sort(ascending) };
	return { ...all, first: Math.min(...all.ordinary, ...all.edges) };
}

function ascending(one: number, other: number): number {
	return one - other;
}

/** As GitHub writes times. */
export function iso(time: number): string {
	return new Date(time).toISOString().replace(".000Z", "Z");
}
