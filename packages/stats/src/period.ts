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

/** Where the events of a part are kept: a table, and its column with their time. */
export interface Events {
	readonly table: "llm_calls" | "workflow_runs";
	readonly time: string;
}

/** The span of a period, null where it holds no events, and the newest event of all. Costs a few index reads. */
export async function readSpan(
	db: Queryable,
	period: Period,
	{ table, time }: Events,
): Promise<{ span: Span | null; newestEver: string | null }> {
	const [found] = await db.query<Span & { newestEver: string | null }>(
		`SELECT min(${time}) AS oldest, max(${time}) AS newest, (SELECT max(${time}) FROM ${table}) AS "newestEver",
(max(${time}) AT TIME ZONE $3::text)::date - (min(${time}) AT TIME ZONE $3::text)::date + 1 AS days
FROM ${table} WHERE ${withinPeriod(period, time)}`,
		[...periodParameters(period), period.zone],
	);
	return { span: found?.oldest ? found : null, newestEver: found?.newestEver ?? null };
}
