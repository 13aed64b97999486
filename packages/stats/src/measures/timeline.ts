import type { Queryable } from "@tidemark/db";
import type { Span } from "./period.ts";

/** The pieces of time into which a trend is cut. */
export interface Buckets {
	readonly unit: "minute" | "hour" | "day";
	/** How many units one bucket is wide. */
	readonly every: number;
	/** When each begins, canonical, ascending; each ends where the next begins. */
	readonly starts: readonly string[];
}

/** One date of the zone (`2026-02-23`) and the instant at which it begins. */
export interface Day {
	readonly date: string;
	readonly start: string;
}

/**
 * The pieces of time for which measures are read: every bucket and every day is made of whole pieces.
 * A piece is named by its position among `bounds`.
 */
export interface Timeline {
	readonly buckets: Buckets;
	/** Empty when days were not asked for. */
	readonly days: readonly Day[];
	/** When each piece begins, canonical, ascending; the last one is open. */
	readonly bounds: readonly string[];
	/** The pieces of days alone, for measures that no trend needs; one piece when days were not asked for. */
	readonly dayBounds: readonly string[];
	findBucket(piece: number): number;
	findDay(piece: number): number;
	/** The piece at which the n-th of `dayBounds` begins. */
	findPiece(dayBound: number): number;
}

/** As many as an eye can follow in a sparkline; a month of days is one of them. */
const maxBuckets = 31;

/** Widths that divide a day, so that buckets begin at round times of UTC. */
const widths = [
	...[1, 2, 5, 10, 15, 30].map((every) => ({ unit: "minute", every, milliseconds: every * 60_000 }) as const),
	...[1, 2, 3].map((every) => ({ unit: "hour", every, milliseconds: every * 3_600_000 }) as const),
];

/** @param wantsDays whether measures of single days are wanted too */
export async function readTimeline(db: Queryable, span: Span, zone: string, wantsDays: boolean): Promise<Timeline> {
	const buckets = await readBuckets(db, span, zone);
	const days = wantsDays ? await readDays(db, span, zone, 1) : [];
	const dayStarts = days.map(({ start }) => start);
	const bounds = [...new Set([...buckets.starts, ...dayStarts])].sort();
	const dayBounds = wantsDays ? dayStarts : bounds.slice(0, 1);
	const toBucket = findLastStarted(bounds, buckets.starts);
	const toDay = findLastStarted(bounds, dayStarts);
	return {
		...{ buckets, days, bounds, dayBounds },
		findBucket: (piece) => toBucket[piece] ?? 0,
		findDay: (piece) => toDay[piece] ?? 0,
		findPiece: (dayBound) => bounds.indexOf(dayBounds[dayBound] ?? ""),
	};
}

/** Cuts a span into at most 31 buckets: whole days of the zone if it is longer than three days, else less. */
async function readBuckets(db: Queryable, span: Span, zone: string): Promise<Buckets> {
	const [oldest, newest] = [Date.parse(span.oldest), Date.parse(span.newest)];
	const count = (milliseconds: number) => Math.floor(newest / milliseconds) - Math.floor(oldest / milliseconds) + 1;
	const width =
		newest - oldest > 3 * 86_400_000 ? undefined : widths.find(({ milliseconds }) => count(milliseconds) <= maxBuckets);
	if (width) {
		const first = Math.floor(oldest / width.milliseconds);
		const starts = Array.from({ length: count(width.milliseconds) }, (_, index) => {
			return new Date((first + index) * width.milliseconds).toISOString().replace("Z", "000Z");
		});
		return { unit: width.unit, every: width.every, starts };
	}
	const every = Math.ceil(span.days / maxBuckets);
	const days = await readDays(db, span, zone, every);
	return { unit: "day", every, starts: days.map(({ start }) => start) };
}

/**
 * Every n-th date of the zone, from that of the oldest to that of the newest event.
 * The database says when each begins, so that its calendar alone decides about days of 23 and 25 hours. It takes a
 * midnight that comes twice, as in Havana, for the later one; the clock of three hours before finds the earlier.
 */
async function readDays(db: Queryable, span: Span, zone: string, every: number): Promise<Day[]> {
	return db.query<Day>(
		`SELECT midnight::date::text AS date,
CASE WHEN earlier AT TIME ZONE $3::text = midnight THEN earlier ELSE later END AS start
FROM (SELECT midnight, later, before + (midnight - before AT TIME ZONE $3::text) AS earlier
FROM (SELECT midnight, midnight AT TIME ZONE $3::text AS later,
midnight AT TIME ZONE $3::text - interval '3 hours' AS before
FROM generate_series(($1::timestamptz AT TIME ZONE $3::text)::date::timestamp,
($2::timestamptz AT TIME ZONE $3::text)::date::timestamp, make_interval(days => $4::int)) AS midnight) AS midnights) AS days
ORDER BY midnight`,
		[span.oldest, span.newest, zone, every],
	);
}

/** For each bound the position of the last of `starts` that is not after it. Both ascend. */
function findLastStarted(bounds: readonly string[], starts: readonly string[]): number[] {
	let position = 0;
	return bounds.map((bound) => {
		while ((starts[position + 1] ?? "~") <= bound) position++;
		return position;
	});
}

/** Which piece an instant belongs to, as SQL; the parameter holds the bounds as `toArray` writes them. */
export function pieceInSql(time: string, bounds: readonly string[], parameter: string): string {
	// The parameter has to be used, also if there is only one piece.
	if (bounds.length === 1) return `CASE WHEN ${parameter}::timestamptz[] IS NULL THEN 1 ELSE 0 END`;
	return `width_bucket(${time}, ${parameter}::timestamptz[]) - 1`;
}

/** Instants as an array of PostgreSQL. */
export function toArray(instants: readonly string[]): string {
	return `{${instants.join(",")}}`;
}
