import type { PgTable } from "drizzle-orm/pg-core";

/** The two columns every fact table ends with; `save` fills them, sources never do. */
type Stamp = "ingestedAt" | "changedAt";

/** The rows a source hands over for a table: what drizzle would insert, less our own stamps. */
export type RowOf<Table extends PgTable> = Omit<Table["$inferInsert"], Stamp>;

/**
 * What `save` and `prune` need to know about a fact table beyond its columns.
 *
 * - `time`: the event time. Retention and `--since` go by it, never by the time of ingestion. A table without one, such
 *   as a repository, which is no event, is never pruned.
 * - `keep`: columns in which a missing value never overwrites a stored one (a cost that arrived later).
 *   All others are replaced, so that a reopened pull request can set `closed_at` back to null.
 * - `newer`: a column by which a stored row may be newer than the one that arrives; the older one is dropped.
 * - `moves`: what names a row whatever its event time. When a changed setting moves events in time,
 *   `save` removes the row at the old time instead of counting the event twice.
 */
interface Rules<Table extends PgTable> {
	readonly time?: keyof RowOf<Table> & string;
	readonly keep?: "all" | readonly (keyof RowOf<Table> & string)[];
	readonly newer?: keyof RowOf<Table> & string;
	readonly moves?: readonly (keyof RowOf<Table> & string)[];
}

/** Ties rules to the columns of their table, so that a misspelt column does not compile. */
export function defineRules<Table extends PgTable>(
	table: Table,
	rules: Rules<Table>,
): { table: Table; rules: Rules<Table> } {
	return { table, rules };
}
