import { readdirSync } from "node:fs";
import { getTableName, is } from "drizzle-orm";
import { CasingCache } from "drizzle-orm/casing";
import { getTableConfig, PgTable } from "drizzle-orm/pg-core";
import { expect, test } from "vitest";
import type { Database } from "../src/database.ts";
import { describeOnBothEngines } from "../src/testing/describe-on-engines.ts";

const folder = new URL("../src/schema/", import.meta.url);
const modules: object[] = await Promise.all(readdirSync(folder).map((file) => import(new URL(file, folder).href)));
const described = modules
	.flatMap((module): unknown[] => Object.values(module))
	.filter((exported) => is(exported, PgTable))
	.sort((one, other) => (getTableName(one) < getTableName(other) ? -1 : 1));

const casing = new CasingCache("snake_case");

function asDescribed(table: PgTable) {
	const { columns, primaryKeys } = getTableConfig(table);
	const name = (column: (typeof columns)[number]) => casing.getColumnCasing(column);
	return {
		columns: columns
			.map((column) => ({
				name: name(column),
				type: column.getSQLType().replace(", ", ","),
				required: column.notNull,
			}))
			// A column that came later stands at the end of the stored table, wherever it is described.
			.sort((one, other) => (one.name < other.name ? -1 : 1)),
		key: [...primaryKeys.flatMap((key) => key.columns), ...columns.filter(({ primary }) => primary)].map(name),
	};
}

async function asStored(db: Database, table: string) {
	return {
		columns: await db.query(
			`SELECT attname AS name, format_type(atttypid, atttypmod) AS type, attnotnull AS required FROM pg_attribute
WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attname COLLATE "C"`,
			[table],
		),
		key: (
			await db.query<{ name: string }>(
				`SELECT attname AS name FROM pg_index CROSS JOIN unnest(indkey) WITH ORDINALITY AS part (number, position)
JOIN pg_attribute ON attrelid = indrelid AND attnum = part.number
WHERE indrelid = $1::regclass AND indisprimary ORDER BY position`,
				[table],
			)
		).map(({ name }) => name),
	};
}

describeOnBothEngines("the migrated database", (open) => {
	test("has the tables of the schema, and no others", async () => {
		const db = await open();
		const stored = await db.query<{ name: string }>(
			"SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename",
		);
		const names = stored.map(({ name }) => name).filter((name) => name !== "tidemark_migrations");
		expect(names).toEqual(described.map(getTableName));
		for (const table of described) {
			expect(await asStored(db, getTableName(table)), getTableName(table)).toEqual(asDescribed(table));
		}
	});

	test("takes rows of facts without identity columns, foreign keys and triggers, as other layouts demand", async () => {
		const db = await open();
		const found = await db.query(
			`SELECT conname AS name FROM pg_constraint WHERE contype = 'f'
UNION ALL SELECT tgname FROM pg_trigger WHERE NOT tgisinternal
UNION ALL SELECT attname FROM pg_attribute JOIN pg_class ON attrelid = pg_class.oid
WHERE relnamespace = 'public'::regnamespace AND relname <> 'tidemark_migrations' AND (attidentity <> '' OR atthasdef)`,
		);
		expect(found).toEqual([]);
	});
});
