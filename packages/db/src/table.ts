/** What is known of one column at run time. `type` is the PostgreSQL type without its precision. */
export interface Column {
	readonly name: string;
	readonly type: string;
	readonly keep: boolean;
}

/** What is known of one fact table at run time; generated from the drizzle schema by `pnpm generate`. */
export interface Table {
	readonly name: string;
	/** Keyed by the property under which a row carries the value. */
	readonly columns: Readonly<Record<string, Column>>;
	/** The properties of the primary key, in its order. */
	readonly key: readonly string[];
	/** The event time; null where a row is no event and never too old. */
	readonly time: string | null;
	readonly newer: string | null;
	readonly moves: readonly string[];
}

/** A row as `save` reads it: any fact table's, by property name. */
export type AnyRow = Readonly<Record<string, unknown>>;
