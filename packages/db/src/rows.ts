import type { facts } from "./schema/facts.ts";
import type { RowOf } from "./schema/rules.ts";

type Facts = typeof facts;

export type TableName = keyof Facts;

/** A row of one fact table, as a source hands it over. */
export type Row<Name extends TableName> = RowOf<Facts[Name]["table"]>;

/**
 * The only currency between packages: table name -> rows to insert.
 * Timestamps are canonical text (`2026-02-23T22:19:28.000000Z`), money is text with nine decimals.
 */
export type Rows = { readonly [Name in TableName]?: readonly Row<Name>[] };
