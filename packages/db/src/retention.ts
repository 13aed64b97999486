import type { Queryable } from "./database.ts";
import { UsageError } from "./errors.ts";

/** How long rows are kept; undefined keeps them for ever. */
export type Retention = { /** As PostgreSQL reads it. */ readonly interval: string } | undefined;

const units: Readonly<Record<string, string>> = { d: "days", w: "weeks", mo: "months", y: "years" };

/**
 * Reads `6mo`, `90d`, `52w`, `2y` or `off`.
 * @throws UsageError for anything else
 */
export function parseRetention(text: string): Retention {
	if (text === "off") return undefined;
	// 9999 years are refused: that moment has no date that compares as text.
	const [, count, unit] = /^(?!\d{4}y)([1-9]\d{0,3})(d|w|mo|y)$/.exec(text) ?? [];
	const unitWords = unit && units[unit];
	if (!unitWords) {
		throw new UsageError(`"${text}" is not a retention.`, {
			fix: "Use for example 6mo, 24mo, 90d, 2y or off in TELEMETRY_RETENTION (--retention).",
		});
	}
	return { interval: `${count} ${unitWords}` };
}

/**
 * The moment before which rows are too old, by the database's calendar in UTC. Months are calendar months: six months
 * before 31 August is the last day of February. Null if everything is kept.
 * @param now canonical text
 */
export async function computeCut(db: Queryable, retention: Retention, now: string): Promise<string | null> {
	if (!retention) return null;
	const [row] = await db.query<{ cut: string }>(
		"SELECT ($1::timestamptz AT TIME ZONE 'UTC' - $2::interval) AT TIME ZONE 'UTC' AS cut",
		[now, retention.interval],
	);
	return row?.cut ?? null;
}
