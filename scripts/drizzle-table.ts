import { getTableColumns } from "drizzle-orm";
import { CasingCache } from "drizzle-orm/casing";
import { getTableConfig, type PgTable } from "drizzle-orm/pg-core";

/** One column as the schema declares it. */
export interface DeclaredColumn {
	/** The name in TypeScript. */
	readonly property: string;
	/** The name in the database. */
	readonly name: string;
	/** The PostgreSQL type, with its precision. */
	readonly type: string;
	readonly isRequired: boolean;
}

export function columnsOf(table: PgTable): DeclaredColumn[] {
	const casing = new CasingCache("snake_case");
	return Object.entries(getTableColumns(table)).map(([property, column]) => ({
		property,
		name: casing.getColumnCasing(column),
		type: column.getSQLType(),
		isRequired: column.notNull,
	}));
}

/** The properties of the primary key, in its order, however it is declared. */
export function keyOf(table: PgTable): string[] {
	const { name, primaryKeys } = getTableConfig(table);
	// Columns are declared without names, so drizzle knows them by their property.
	const composite = primaryKeys.flatMap(({ columns }) => columns.map((column) => column.name));
	const single = Object.entries(getTableColumns(table)).flatMap(([key, { primary }]) => (primary ? [key] : []));
	const key = composite.length > 0 ? composite : single;
	if (key.length === 0) throw new Error(`The table ${name} has no primary key.`);
	return key;
}

export function nameOf(table: PgTable): string {
	return getTableConfig(table).name;
}
