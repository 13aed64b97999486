import type { Queryable } from "@tidemark/db";

/** The calls that are looked at, by event time: from `since`, inclusive, until before `until`; null is open. */
export interface Period {
	/** Canonical instant. */
	readonly since: string;
	readonly until: string | null;
	/** IANA name; says where days begin. */
	readonly zone: string;
}

/** The condition that limits a statement on llm_calls to a period; its parameters are the statement's first two. */
export function withinPeriod({ until }: Period): string {
	// An open end is no condition at all: given two ends, a planner without statistics expects hardly any rows.
	return until === null
		? "timestamp >= $1::timestamptz AND $2::text IS NULL"
		: "timestamp >= $1::timestamptz AND timestamp < $2::timestamptz";
}

export function periodParameters({ since, until }: Period): [string, string | null] {
	return [since, until];
}

/** From the first to the last call of a period; null where it holds none. */
export interface Span {
	readonly oldest: string;
	readonly newest: string;
	/** How many dates of the zone it touches. */
	readonly days: number;
}

/** Costs a few index reads, whatever the size of the table. */
export async function readSpan(
	db: Queryable,
	period: Period,
): Promise<{ span: Span | null; newestEver: string | null }> {
	const [found] = await db.query<Span & { newestEver: string | null }>(
		`SELECT min(timestamp) AS oldest, max(timestamp) AS newest, (SELECT max(timestamp) FROM llm_calls) AS "newestEver",
(max(timestamp) AT TIME ZONE $3::text)::date - (min(timestamp) AT TIME ZONE $3::text)::date + 1 AS days
FROM llm_calls WHERE ${withinPeriod(period)}`,
		[...periodParameters(period), period.zone],
	);
	return { span: found?.oldest ? found : null, newestEver: found?.newestEver ?? null };
}
