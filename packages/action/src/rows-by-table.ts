import { type Queryable, tables } from "@tidemark/db";

export interface TableCounts {
	readonly inserted: number;
	readonly updated: number;
}

/**
 * Rows that came or changed since a moment, by table; those of other processes at the same time are among them.
 * @param since by this machine's clock, with which rows are stamped
 */
export async function rowsByTable(db: Queryable, since: Date): Promise<Readonly<Record<string, TableCounts>>> {
	const counts: Record<string, TableCounts> = {};
	for (const { name } of Object.values(tables)) {
		const [found] = await db.query<TableCounts>(
			`SELECT count(*) FILTER (WHERE ingested_at >= $1::timestamptz)::int AS inserted,
count(*) FILTER (WHERE ingested_at < $1::timestamptz)::int AS updated
FROM ${name} WHERE changed_at >= $1::timestamptz`,
			[since.toISOString()],
		);
		if (found && found.inserted + found.updated > 0) counts[name] = found;
	}
	return counts;
}
