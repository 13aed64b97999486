import type { Queryable } from "@tidemark/db";

/** What is looked at, by event time: from `since`, inclusive, until before `until`; null is open. */
export interface Period {
	/** Canonical instant. */
	readonly since: string;
	readonly until: string | null;
	/** IANA name; says where days begin. */
	readonly zone: string;
}

/** A condition that limits a statement to a period by the column `time`; its parameters are the statement's first two. */
export function withinPeriod({ until }: Period, time: string): string {
	// An open end is no condition at all: given two ends, a planner without statistics expects hardly any rows.
	return until === null
		? `${time} >= $1::timestamptz AND $2::text IS NULL`
		: `${time} >= $1::timestamptz AND ${time} < $2::timestamptz`;
}

export function periodParameters({ since, until }: Period): [string, string | null] {
	return [since, until];
}

/** From the first to the last event of a period. */
export interface Span {
	readonly oldest: string;
	readonly newest: string;
	/** How many dates of the zone it touches. */
	readonly days: number;
}

/** How far the events of a table reach. */
export interface Reach {
	/** Null when the period holds no events. */
	readonly span: Span | null;
	/** The newest event of all, in the period or not. */
	readonly newestEver: string | null;
}

/** Costs a few index reads. Citus cannot evaluate a sub-select beside the columns, so each is a table of its own. */
export async function readReach(db: Queryable, period: Period, table: string, time: string): Promise<Reach> {
	const [found] = await db.query<Span & { newestEver: string | null }>(
		`SELECT oldest, newest, newest_ever AS "newestEver",
(newest AT TIME ZONE $3::text)::date - (oldest AT TIME ZONE $3::text)::date + 1 AS days
FROM (SELECT min(${time}) AS oldest, max(${time}) AS newest FROM ${table} WHERE ${withinPeriod(period, time)}) AS within
CROSS JOIN (SELECT max(${time}) AS newest_ever FROM ${table}) AS ever`,
		[...periodParameters(period), period.zone],
	);
	return { span: found?.oldest ? found : null, newestEver: found?.newestEver ?? null };
}
