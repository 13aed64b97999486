/** A parameter of a statement. Timestamps, JSON and arrays travel as text: the engines differ in everything else. */
export type Parameter = string | number | boolean | null;

/** Anything a statement can be sent to: the database itself, or a transaction. */
export interface Queryable {
	/**
	 * Runs one statement.
	 * Timestamps come back as canonical text with microseconds, numeric as text, bigint as a number, JSON parsed.
	 */
	query<Row extends object>(text: string, parameters?: readonly Parameter[]): Promise<Row[]>;
}

/** PostgreSQL, whether a server or embedded: both answer the same statements alike. */
export interface Database extends Queryable {
	readonly engine: "postgres" | "pglite";
	/** Its name for people: host and database, or the directory. Never holds a password. */
	readonly label: string;
	/** Commits when `work` resolves and rolls back when it throws. Never await the outside world in it. */
	transaction<Result>(work: (tx: Queryable) => Promise<Result>): Promise<Result>;
	close(): Promise<void>;
}

/** `2026-02-23 22:19:28.5+00` as PostgreSQL prints it in UTC -> `2026-02-23T22:19:28.500000Z`. */
export function formatInstant(text: string): string {
	const match = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})(?:\.(\d{1,6}))?([+-]\d{2})(:\d{2})?$/.exec(text);
	if (!match) return text;
	const [, date, time, fraction = "", hours, minutes = ":00"] = match;
	// A pooler may have dropped our setting of the session's time zone.
	const isUtc = hours === "+00" && minutes === ":00";
	const whole = isUtc ? `${date}T${time}` : new Date(`${date}T${time}${hours}${minutes}`).toISOString().slice(0, 19);
	return `${whole}.${fraction.padEnd(6, "0")}Z`;
}

/** Type ids of PostgreSQL whose values both engines must hand over alike (pg_type.oid). */
export const oid = { boolean: 16, bigint: 20, json: 114, timestamptz: 1184, jsonb: 3802 } as const;
