import { type AnyRow, type Rows, tableNames, tables } from "@tidemark/db";

/** How many rows were too old: `expired` by the retention, `skipped` by --since. */
export interface TooOld {
	expired: number;
	skipped: number;
}

/** The rows that are recent enough, judged by event time; counts the others. */
export function sieve(rows: Rows, { cut, since }: { cut: string | null; since: string | null }, count: TooOld): Rows {
	if (cut === null && since === null) return rows;
	let kept = rows;
	for (const name of tableNames) {
		const given: readonly AnyRow[] = rows[name] ?? [];
		const { time } = tables[name];
		if (time === null) continue;
		const recent = given.filter((row) => {
			const at = String(row[time]);
			if (cut !== null && at < cut) count.expired++;
			else if (since !== null && at < since) count.skipped++;
			else return true;
			return false;
		});
		if (recent.length < given.length) kept = { ...kept, [name]: recent };
	}
	return kept;
}
