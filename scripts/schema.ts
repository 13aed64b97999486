import { readdirSync } from "node:fs";
import { getTableColumns, getViewSelectedFields, is } from "drizzle-orm";
import { CasingCache } from "drizzle-orm/casing";
import { getTableConfig, getViewConfig, PgColumn, PgTable, PgView } from "drizzle-orm/pg-core";
import { type Rules, readDeclaration } from "../packages/db/src/schema/define.ts";
import { facts } from "../packages/db/src/schema/facts.ts";

/** A table or view as the schema declares it. */
export interface DeclaredTable {
	readonly name: string;
	readonly isView: boolean;
	/** What one row is. */
	readonly about: string;
	readonly columns: readonly DeclaredColumn[];
	/** The properties of the primary key, in its order; none for a view. */
	readonly key: readonly string[];
	/** Undefined for tables that are not fact tables. */
	readonly rules: Rules | undefined;
}

export interface DeclaredColumn {
	/** The name in TypeScript. */
	readonly property: string;
	/** The name in the database. */
	readonly name: string;
	/** The PostgreSQL type, with its precision. */
	readonly type: string;
	readonly isRequired: boolean;
	/** What it means. */
	readonly words: string;
}

/** The fact tables in their order, then views, then what ingestion keeps for itself. */
export async function readSchema(): Promise<DeclaredTable[]> {
	const folder = new URL("../packages/db/src/schema/", import.meta.url);
	const files = readdirSync(folder).sort();
	const modules = await Promise.all(files.map((file): Promise<object> => import(new URL(file, folder).href)));
	const exported = modules.flatMap((module) => Object.values(module));
	const views = exported.filter((each) => is(each, PgView));
	const tables = exported.filter((each) => is(each, PgTable));
	const others = tables.filter((each) => readDeclaration(each).rules === undefined);
	return [...Object.values(facts).map(describeTable), ...views.map(describeView), ...others.map(describeTable)];
}

/** Whether a missing value leaves the stored one as it is. */
export function keeps({ keep }: Rules, property: string): boolean {
	return keep === "all" || (keep?.includes(property) ?? false);
}

function describeTable(table: PgTable): DeclaredTable {
	const { about, columns, rules } = readDeclaration(table);
	return {
		name: getTableConfig(table).name,
		isView: false,
		about,
		columns: Object.entries(getTableColumns(table)).map(([property, column]) =>
			describeColumn(property, column, columns[property] ?? ""),
		),
		key: readKey(table),
		rules,
	};
}

function describeView(view: PgView): DeclaredTable {
	const { about, columns } = readDeclaration(view);
	return {
		name: getViewConfig(view).name,
		isView: true,
		about,
		columns: Object.entries(getViewSelectedFields(view)).flatMap(([property, column]) =>
			is(column, PgColumn) ? [describeColumn(property, column, columns[property] ?? "")] : [],
		),
		key: [],
		rules: undefined,
	};
}

function describeColumn(property: string, column: PgColumn, words: string): DeclaredColumn {
	const name = new CasingCache("snake_case").getColumnCasing(column);
	return { property, name, type: column.getSQLType(), isRequired: column.notNull, words };
}

/** The primary key, declared on a column or on the table. */
function readKey(table: PgTable): string[] {
	const { name, primaryKeys } = getTableConfig(table);
	// Columns are declared without names, so drizzle knows them by their property.
	const composite = primaryKeys.flatMap(({ columns }) => columns.map((column) => column.name));
	const single = Object.entries(getTableColumns(table)).flatMap(([key, { primary }]) => (primary ? [key] : []));
	const key = composite.length > 0 ? composite : single;
	if (key.length === 0) throw new Error(`The table ${name} has no primary key.`);
	return key;
}
