import { readdirSync } from "node:fs";
import { is } from "drizzle-orm";
import { PgTable } from "drizzle-orm/pg-core";
import { facts } from "../packages/db/src/schema/facts.ts";
import { columnsOf, type DeclaredColumn, keyOf, nameOf } from "./drizzle-table.ts";
import { markdownTable, readText, withMarked } from "./marked-text.ts";
import { stampWords, type TableWords, tableWords } from "./table-words.ts";
import { keeps, type RuledTable } from "./tables.ts";

const schema = new URL("../packages/db/src/schema/", import.meta.url);

/** `docs/data.md` with its tables: names, types and rules from the schema, words from `table-words.ts`. */
export async function dataPage(): Promise<string> {
	const tables = await declaredTables();
	const strays = Object.keys(tableWords).filter((name) => !tables.has(name));
	if (strays.length > 0) throw new Error(`scripts/table-words.ts has words for tables that do not exist: ${strays}.`);
	const sections = [...tables].map(([name, table]) => section(name, table));
	return withMarked(readText("docs/data.md"), "tables", () => sections.join("\n\n"));
}

/** The fact tables in their order, then those that ingestion keeps for itself. */
async function declaredTables(): Promise<Map<string, PgTable>> {
	const files = readdirSync(schema).sort();
	const modules = await Promise.all(files.map((file): Promise<object> => import(new URL(file, schema).href)));
	const declared = modules.flatMap((module) => Object.values(module).filter((value) => is(value, PgTable)));
	const all = [...Object.values(facts).map(({ table }) => table), ...declared];
	return new Map(all.map((table) => [nameOf(table), table]));
}

function section(name: string, table: PgTable): string {
	const words = tableWords[name];
	if (!words) throw new Error(`scripts/table-words.ts has no words for the table ${name}.`);
	const columns = columnsOf(table);
	const rules = Object.entries<RuledTable>(facts).find(([fact]) => fact === name)?.[1].rules;
	const key = keyOf(table);
	const merge = mergeOf(key, rules);
	const rows = columns.map((column) => [
		`\`${column.name}\``,
		`${column.type.replace(" (", "(")}${column.isRequired ? ", not null" : ""}`,
		...(rules ? [merge(column.property)] : []),
		wordsFor(name, column, words),
	]);
	refuseStrayWords(name, columns, words);
	const header = ["Column", "Type", ...(rules ? ["Merge"] : []), "Meaning"];
	return [`### ${name}`, words.about, ruleLine(columns, key, rules), markdownTable(header, rows)].join("\n\n");
}

function mergeOf(key: readonly string[], rules: RuledTable["rules"] | undefined): (property: string) => string {
	return (property) => {
		if (key.includes(property)) return "key";
		if (property in stampWords) return "by `save`";
		return rules && keeps(rules, property) ? "keep" : "replace";
	};
}

function ruleLine(
	columns: readonly DeclaredColumn[],
	key: readonly string[],
	rules: RuledTable["rules"] | undefined,
): string {
	const named = (properties: readonly string[]) =>
		properties.map((each) => `\`${columns.find(({ property }) => property === each)?.name}\``).join(", ");
	return [
		`Primary key: ${named(key)}.`,
		...(rules?.time ? [`Event time: ${named([rules.time])}.`] : []),
		...(rules?.newer ? [`Of two versions the one with the later ${named([rules.newer])} wins.`] : []),
		...(rules?.moves ? [`The same row at another event time is known by ${named(rules.moves)}.`] : []),
	].join(" ");
}

function wordsFor(table: string, { property, name }: DeclaredColumn, { columns }: TableWords): string {
	const words = columns[property] ?? stampWords[property];
	if (words === undefined) throw new Error(`scripts/table-words.ts has no words for ${table}.${name} (${property}).`);
	return words;
}

function refuseStrayWords(table: string, columns: readonly DeclaredColumn[], words: TableWords): void {
	const known = new Set(columns.map(({ property }) => property));
	const strays = Object.keys(words.columns).filter((property) => !known.has(property));
	if (strays.length > 0) throw new Error(`scripts/table-words.ts has words for columns ${table} has not: ${strays}.`);
}
