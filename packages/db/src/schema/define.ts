import type { BuildExtraConfigColumns } from "drizzle-orm";
import { toSnakeCase } from "drizzle-orm/casing";
import * as pg from "drizzle-orm/pg-core";

/**
 * What `save` and `prune` need to know about a fact table beyond its columns.
 *
 * - `key`: the primary key, if it is of several columns.
 * - `time`: the event time. Retention and `--since` go by it, never by the time of ingestion. A table without one, such
 *   as a repository, which is no event, is never pruned.
 * - `keep`: columns in which a missing value never overwrites a stored one (a cost that arrived later).
 *   All others are replaced, so that a reopened pull request can set `closed_at` back to null.
 * - `newer`: a column by which a stored row may be newer than the one that arrives; the older one is dropped.
 * - `moves`: what names a row whatever its event time. When a changed setting moves events in time,
 *   `save` removes the row at the old time instead of counting the event twice.
 */
export interface Rules<Property extends string = string> {
	readonly key?: readonly [Property, ...Property[]];
	readonly time?: Property;
	readonly keep?: "all" | readonly Property[];
	readonly newer?: Property;
	readonly moves?: readonly Property[];
}

/** What drizzle has no place for: what one row of a table is and which source fills it, and its columns' meaning, by property. */
interface Declaration {
	readonly about: string;
	readonly columns: Readonly<Record<string, string>>;
	/** Undefined for what is no fact table. */
	readonly rules: Rules | undefined;
}

const columnWords = new WeakMap<object, string>();
const declarations = new WeakMap<object, Declaration>();

type Builders = Record<string, pg.PgColumnBuilderBase>;

type Extra<Name extends string, Columns extends Builders> = (
	self: BuildExtraConfigColumns<Name, Columns, "pg">,
) => pg.PgTableExtraConfigValue[];

export function table<Name extends string, Columns extends Builders>(
	name: Name,
	about: string,
	columns: Columns,
	extra: Extra<Name, Columns> = () => [],
) {
	return declare(pg.pgTable(name, columns, extra), about, columns);
}

/** A fact table: it ends with the stamps, and has an index by its time unless that leads the key. */
export function factTable<Name extends string, Columns extends Builders>(
	name: Name,
	about: string,
	ownColumns: Columns,
	rules: Rules<keyof Columns & string>,
	extra: Extra<Name, Columns> = () => [],
) {
	const columns = { ...ownColumns, ...stamps() };
	const { time, key: [first, ...others] = [] } = rules;
	const made = pg.pgTable(name, columns, (self) => {
		const key = first && ([self[first], ...others.map((property) => self[property])] as const);
		return [
			...(key ? [pg.primaryKey({ name: `${name}_identity`, columns: [...key] })] : []),
			...(time && time !== first ? [pg.index(`${name}_by_${toSnakeCase(time)}`).on(self[time])] : []),
			...extra(self),
		];
	});
	return declare(made, about, columns, rules);
}

/** Gives a table or view its words. */
export function declare<Made extends pg.PgTable | pg.PgView>(
	made: Made,
	about: string,
	builders: Builders,
	rules?: Rules,
): Made {
	const words = Object.entries(builders).map(([property, builder]) => [property, columnWords.get(builder) ?? ""]);
	declarations.set(made, { about, columns: Object.fromEntries(words), rules });
	return made;
}

/** @throws Error for a table or view that was not made here, or a column without words */
export function readDeclaration(made: pg.PgTable | pg.PgView): Declaration {
	const found = declarations.get(made);
	if (!found) throw new Error("A table of the schema has no words; make it with `table` of schema/define.ts.");
	const mute = Object.keys(found.columns).filter((property) => !found.columns[property]);
	if (mute.length > 0) throw new Error(`In "${found.about}" these columns have no words: ${mute.join(", ")}.`);
	return found;
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
const stamps = () => ({
	ingestedAt: instant("When the row was first stored.").notNull(),
	changedAt: instant("When the row last changed.").notNull(),
});

function meaning<Builder extends object>(builder: Builder, words: string): Builder {
	columnWords.set(builder, words);
	return builder;
}

/** The rows a source hands over for a table: what drizzle would insert, less our own stamps. */
export type RowOf<Table extends pg.PgTable> = Omit<Table["$inferInsert"], keyof ReturnType<typeof stamps>>;
