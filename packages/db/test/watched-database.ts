import type { Database } from "../src/database.ts";

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
