import type { Moments } from "../moments.ts";
import type { Random } from "../random.ts";

/** Microseconds since 1970 for calls: anywhere, and at, just before and just after the edges of days. */
export function callMoments(random: Random, { ordinary, edges }: Moments, count: number): number[] {
	const times: number[] = [];
	for (const edge of edges) if (random.chance(0.5)) times.push(edge * 1000 + random.pick([-1, 0, 0, 1]));
	while (times.length < count) times.push(random.pick(ordinary) * 1000 + random.integer(0, 3_599_999_999));
	return times.sort((one, other) => one - other);
}

/** `2026-10-25T01:00:00.000001Z` */
export function isoMicroseconds(at: number): string {
	const second = new Date(Math.floor(at / 1_000_000) * 1000).toISOString().slice(0, 19);
	return `${second}.${String(at % 1_000_000).padStart(6, "0")}Z`;
}

/** Milliseconds with a long tail, as calls take them. */
export function durationMs(random: Random): number {
	return Math.round(300 * (1 + random.next()) ** 6 * 10) / 10;
}
