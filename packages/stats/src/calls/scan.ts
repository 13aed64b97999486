import { type Period, withinPeriod } from "../period.ts";

/**
 * The calls of a period as a table in a FROM clause, with one column for each expression over llm_calls.
 *
 * Meant for grouping by those columns. PostgreSQL takes every expression over timestamps or durations for as many
 * different values as there are rows, and then will not aggregate in parallel. Of the columns of a UNION ALL it knows
 * nothing and guesses few: for the price of a second half without rows all processors work, which halves the time.
 * (A join with the list of possible values does it too, but turns into nested loops where statistics are missing.)
 */
export function scanOf(period: Period, columns: Readonly<Record<string, string>>): string {
	const selected = Object.entries(columns).map(([name, expression]) => `${expression} AS ${name}`);
	const nothing = selected.map(() => "NULL").join(", ");
	return `(SELECT ${selected.join(", ")} FROM llm_calls WHERE ${withinPeriod(period, "timestamp")}
UNION ALL SELECT ${nothing} FROM generate_series(1, 0)) AS scan`;
}
