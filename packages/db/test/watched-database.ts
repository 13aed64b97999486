import type { Database, Parameter } from "../src/database.ts";

/** The same database, whose clock stands still when it is asked what time it is. */
export function withStoppedClock(db: Database, now: string): Database {
	return {
		...db,
		async query<Row extends object>(text: string, parameters?: readonly Parameter[]) {
			const asked = text === "SELECT clock_timestamp() AS now";
			return db.query<Row>(asked ? "SELECT $1::timestamptz AS now" : text, asked ? [now] : parameters);
		},
	};
}

/** The same database; each statement is shown before it is sent. */
export function watched(db: Database, show: (statement: string) => void): Database {
	const watch = <Target extends Pick<Database, "query">>(target: Target): Pick<Database, "query"> => ({
		query(text, parameters) {
			show(text);
			return target.query(text, parameters);
		},
	});
	return { ...db, ...watch(db), transaction: (work) => db.transaction((tx) => work(watch(tx))) };
}
