import type { RowOf } from "./schema/define.ts";
import type { facts } from "./schema/facts.ts";

type Facts = typeof facts;

export type TableName = keyof Facts;

/** A row of one fact table, as a source hands it over. */
export type Row<Name extends TableName> = RowOf<Facts[Name]>;

/**
 * The only currency between packages: table name -> rows to insert.
 * Timestamps are canonical text (`2026-02-23T22:19:28.000000Z`), money is text with nine decimals.
 */
export type Rows = { readonly [Name in TableName]?: readonly Row<Name>[] };

/** A row as `save` reads it: any fact table's, by property name. */
export type AnyRow = Readonly<Record<string, unknown>>;

/** What is known of one column at run time. `type` is the PostgreSQL type without its precision. */
export interface Column {
	readonly name: string;
	readonly type: string;
	/** Whether a missing value leaves the stored one as it is. */
	readonly keep: boolean;
}

/** What is known of one fact table at run time; generated from the drizzle schema by `pnpm generate`. */
export interface Table {
	readonly name: string;
	/** Keyed by the property under which a row carries the value. */
	readonly columns: Readonly<Record<string, Column>>;
	/** The properties of the primary key, in its order. */
	readonly key: readonly string[];
	/** The event time; null if a row is no event and never too old. */
	readonly time: string | null;
	readonly newer: string | null;
	readonly moves: readonly string[];
}
