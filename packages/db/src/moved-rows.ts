import type { Queryable } from "./database.ts";
import { formatArray } from "./sql-text.ts";
import type { AnyRow, Table } from "./table.ts";

/**
 * Gives each row the event time at which it is stored already, or at which it came first in the batch: one thing that
 * comes several times with moving times, such as a streamed call, stays one row.
 */
export async function keepStoredTimes(
	tx: Queryable,
	table: Table,
	batch: readonly AnyRow[],
): Promise<readonly AnyRow[]> {
	const { moves, time } = table;
	if (moves.length === 0 || time === null) return batch;
	const readId = (row: AnyRow) => moves.map((property) => row[property]).join("\u0000");
	const { names, arrays, parameters } = sendColumns(table, moves, batch);
	const stored = await tx.query<{ id: string[]; time: string }>(
		`SELECT jsonb_build_array(${names}) AS id, "${table.columns[time]?.name}" AS time FROM ${table.name}
WHERE (${names}) IN (SELECT * FROM unnest(${arrays}))`,
		parameters,
	);
	const times = new Map<string, unknown>(stored.map(({ id, time: at }) => [id.join("\u0000"), at]));
	return batch.map((row) => {
		const known = times.get(readId(row));
		if (known === undefined) times.set(readId(row), row[time]);
		return known === undefined ? row : { ...row, [time]: known };
	});
}

/** Removes the rows of a batch that are stored at another event time; returns how many. */
export async function removeMoved(tx: Queryable, table: Table, batch: readonly AnyRow[]): Promise<number> {
	const { moves, time } = table;
	if (moves.length === 0 || time === null) return 0;
	const { names, arrays, parameters } = sendColumns(table, [...moves, time], batch);
	const name = (property: string) => `"${table.columns[property]?.name}"`;
	const same = moves.map((property) => `stored.${name(property)} = batch.${name(property)}`);
	const removed = await tx.query(
		`DELETE FROM ${table.name} AS stored USING unnest(${arrays}) AS batch (${names})
WHERE ${same.join(" AND ")} AND stored.${name(time)} <> batch.${name(time)} RETURNING 1 AS removed`,
		parameters,
	);
	return removed.length;
}

/** Some columns of a batch, as arrays for `unnest`. */
function sendColumns({ columns }: Table, properties: readonly string[], batch: readonly AnyRow[]) {
	return {
		names: properties.map((property) => `"${columns[property]?.name}"`).join(", "),
		arrays: properties.map((property, index) => `$${index + 1}::${columns[property]?.type}[]`).join(", "),
		parameters: properties.map((property) => formatArray(batch.map((row) => row[property]))),
	};
}
