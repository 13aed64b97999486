import { arrayLiteral } from "./array-literal.ts";
import type { Queryable } from "./database.ts";
import type { AnyRow, Table } from "./table.ts";

/**
 * Gives each row the event time at which it is stored already, or at which it came first in the batch: where one thing
 * is told of several times with moving times, as a streamed call is, it stays one row.
 */
export async function withStoredTimes(
	tx: Queryable,
	table: Table,
	batch: readonly AnyRow[],
): Promise<readonly AnyRow[]> {
	const { moves, time } = table;
	if (moves.length === 0 || time === null) return batch;
	const idOf = (row: AnyRow) => moves.map((property) => row[property]).join("\u0000");
	const column = (property: string) => `"${table.columns[property]?.name}"`;
	const names = moves.map(column).join(", ");
	const unnest = moves.map((property, index) => `$${index + 1}::${table.columns[property]?.type}[]`);
	const stored = await tx.query<{ id: string[]; time: string }>(
		`SELECT jsonb_build_array(${names}) AS id, ${column(time)} AS time FROM ${table.name}
WHERE (${names}) IN (SELECT * FROM unnest(${unnest.join(", ")}))`,
		moves.map((property) => arrayLiteral(batch.map((row) => row[property]))),
	);
	const times = new Map<string, unknown>(stored.map(({ id, time: at }) => [id.join("\u0000"), at]));
	return batch.map((row) => {
		const known = times.get(idOf(row));
		if (known === undefined) times.set(idOf(row), row[time]);
		return known === undefined ? row : { ...row, [time]: known };
	});
}
