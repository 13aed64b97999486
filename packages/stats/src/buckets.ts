import type { Queryable } from "@tidemark/db";
import type { Span } from "./period.ts";

/** Into which pieces of time a trend is cut. */
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

/** As many as an eye can follow in a sparkline; a month of days is one of them. */
const most = 31;

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Widths that divide a day, so that buckets begin at round times of UTC. */
const widths = [
	...[1, 2, 5, 10, 15, 30].map((every) => ({ unit: "minute", every, milliseconds: every * minuteMs }) as const),
	...[1, 2, 3].map((every) => ({ unit: "hour", every, milliseconds: every * hourMs }) as const),
];

/** Cuts a span into at most 31 buckets: whole days of the zone where it is longer than three days, else less. */
export async function bucketsOf(db: Queryable, span: Span, zone: string): Promise<Buckets> {
	const [oldest, newest] = [Date.parse(span.oldest), Date.parse(span.newest)];
	const width = newest - oldest > 3 * dayMs ? undefined : widths.find((width) => countOf(width.milliseconds) <= most);
	if (width) {
		const first = Math.floor(oldest / width.milliseconds);
		const starts = Array.from({ length: countOf(width.milliseconds) }, (_, index) => {
			return new Date((first + index) * width.milliseconds).toISOString().replace("Z", "000Z");
		});
		return { unit: width.unit, every: width.every, starts };
	}
	const every = Math.ceil(span.days / most);
	const days = await readDays(db, span, zone, every);
	return { unit: "day", every, starts: days.map(({ start }) => start) };

	function countOf(milliseconds: number): number {
		return Math.floor(newest / milliseconds) - Math.floor(oldest / milliseconds) + 1;
	}
}

/**
 * Every n-th date of the zone, from that of the oldest to that of the newest event.
 * The database says when each begins, so that its calendar alone decides about days of 23 and 25 hours.
 */
export async function readDays(db: Queryable, span: Span, zone: string, every = 1): Promise<Day[]> {
	return db.query<Day>(
		`SELECT midnight::date::text AS date, midnight AT TIME ZONE $3::text AS start
FROM generate_series(($1::timestamptz AT TIME ZONE $3::text)::date::timestamp,
($2::timestamptz AT TIME ZONE $3::text)::date::timestamp, make_interval(days => $4::int)) AS midnight
ORDER BY midnight`,
		[span.oldest, span.newest, zone, every],
	);
}
