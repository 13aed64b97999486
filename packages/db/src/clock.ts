import type { Queryable } from "./database.ts";

/**
 * The time of one invocation. It is read from the database once and then moves on with this machine's clock, so that
 * ingestion, retention and prune judge by the same moment. A test starts it wherever it likes.
 */
export interface Clock {
	/** When the invocation began; canonical text. */
	readonly start: string;
	/** How far this machine's clock is ahead of the database's, in milliseconds; negative if behind. */
	readonly aheadMs: number;
	/** Canonical text, to the microsecond. */
	now(): string;
}

/** A clock that shows the database's time. */
export async function readClock(db: Queryable): Promise<Clock> {
	const [row] = await db.query<{ now: string }>("SELECT clock_timestamp() AS now");
	if (!row) throw new Error("The database returned no time.");
	return startClock(row.now, Date.now() - Date.parse(row.now));
}

/** A clock that shows `start`, canonical text, and goes on from there. */
export function startClock(start: string, aheadMs = 0): Clock {
	const began = performance.now();
	const startMicros = Date.parse(start) * 1000 + Number(start.slice(23, 26));
	return {
		start,
		aheadMs,
		now() {
			return formatMicros(startMicros + Math.round((performance.now() - began) * 1000));
		},
	};
}

/** Microseconds since 1970 as canonical text. */
export function formatMicros(micros: number): string {
	const milliseconds = new Date(Math.floor(micros / 1000)).toISOString().slice(0, 23);
	return `${milliseconds}${String(micros % 1000).padStart(3, "0")}Z`;
}
