import type { BuildExtraConfigColumns, SQL } from "drizzle-orm";
import * as pg from "drizzle-orm/pg-core";

/** What one row of a table is and which source fills it, and what each column means, by property. */
interface TableWords {
	readonly about: string;
	readonly columns: Readonly<Record<string, string>>;
}

const columnWords = new WeakMap<object, string>();
const tableWords = new WeakMap<object, TableWords>();

type Builders = Record<string, pg.PgColumnBuilderBase>;

/** A table with its words; drizzle itself has no place for them. */
export function table<Name extends string, Columns extends Builders>(
	name: Name,
	about: string,
	columns: Columns,
	extra: (self: BuildExtraConfigColumns<Name, Columns, "pg">) => pg.PgTableExtraConfigValue[] = () => [],
) {
	return withWords(pg.pgTable(name, columns, extra), about, columns);
}

/** A view with its words. */
export function view<Name extends string, Columns extends Builders>(
	name: Name,
	about: string,
	columns: Columns,
	query: SQL,
) {
	return withWords(pg.pgView(name, columns).as(query), about, columns);
}

function withWords<Made extends pg.PgTable | pg.PgView>(made: Made, about: string, columns: Builders): Made {
	const words = Object.entries(columns).map(([property, builder]) => [property, columnWords.get(builder) ?? ""]);
	tableWords.set(made, { about, columns: Object.fromEntries(words) });
	return made;
}

/** @throws Error for a table or view that was not made here, or a column without words */
export function readWords(made: pg.PgTable | pg.PgView): TableWords {
	const words = tableWords.get(made);
	if (!words) throw new Error("A table of the schema has no words; make it with `table` of schema/define.ts.");
	const mute = Object.keys(words.columns).filter((property) => !words.columns[property]);
	if (mute.length > 0) throw new Error(`In "${words.about}" these columns have no words: ${mute.join(", ")}.`);
	return words;
}

/** Columns, each with its meaning. It is shown in docs/data.md and stored as the column's comment. */
export const text = (words: string) => meaning(pg.text(), words);
export const integer = (words: string) => meaning(pg.integer(), words);
export const bigint = (words: string) => meaning(pg.bigint({ mode: "number" }), words);
export const double = (words: string) => meaning(pg.doublePrecision(), words);
export const boolean = (words: string) => meaning(pg.boolean(), words);
export const json = (words: string) => meaning(pg.jsonb(), words);
/** US dollars. */
export const usd = (words: string) => meaning(pg.numeric({ precision: 14, scale: 9 }), words);
/** A time with microseconds, text in TypeScript: a Date has only milliseconds and would merge distinct rows. */
export const instant = (words: string) =>
	meaning(pg.timestamp({ withTimezone: true, mode: "string", precision: 6 }), words);

/** The last two columns of every fact table. `save` fills them, and knows inserted from updated rows by the first. */
export const stamps = () => ({
	ingestedAt: instant("When the row was first stored.").notNull(),
	changedAt: instant("When the row last changed.").notNull(),
});

function meaning<Builder extends object>(builder: Builder, words: string): Builder {
	columnWords.set(builder, words);
	return builder;
}

/** The two columns every fact table ends with; `save` fills them, sources never do. */
type Stamp = "ingestedAt" | "changedAt";

/** The rows a source hands over for a table: what drizzle would insert, less our own stamps. */
export type RowOf<Table extends pg.PgTable> = Omit<Table["$inferInsert"], Stamp>;

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
interface Rules<Table extends pg.PgTable> {
	readonly time?: keyof RowOf<Table> & string;
	readonly keep?: "all" | readonly (keyof RowOf<Table> & string)[];
	readonly newer?: keyof RowOf<Table> & string;
	readonly moves?: readonly (keyof RowOf<Table> & string)[];
}

/** Ties rules to the columns of their table, so that a misspelt column does not compile. */
export function defineRules<Table extends pg.PgTable>(
	table: Table,
	rules: Rules<Table>,
): { table: Table; rules: Rules<Table> } {
	return { table, rules };
}
