import { markdownTable, readText, withMarked } from "./marked-text.ts";
import { type DeclaredColumn, type DeclaredTable, keeps, readSchema } from "./schema.ts";

/** `docs/data.md` with its tables: names, types, rules and words from the schema. */
export async function dataPage(): Promise<string> {
	const sections = (await readSchema()).map(tableSection);
	return withMarked(readText("docs/data.md"), "tables", () => sections.join("\n\n"));
}

function tableSection(table: DeclaredTable): string {
	const { name, about, columns, rules, isView } = table;
	const rows = columns.map((column) => [
		`\`${column.name}\``,
		`${column.type.replace(" (", "(")}${column.isRequired ? ", not null" : ""}`,
		...(rules ? [describeMerge(table, column)] : []),
		column.words,
	]);
	const header = ["Column", "Type", ...(rules ? ["Merge"] : []), "Meaning"];
	const facts = isView ? "A view." : describeRules(table);
	return [`### ${name}`, about, facts, markdownTable(header, rows)].join("\n\n");
}

function describeMerge({ key, rules }: DeclaredTable, { property }: DeclaredColumn): string {
	if (key.includes(property)) return "key";
	if (property === "ingestedAt" || property === "changedAt") return "by `save`";
	return rules && keeps(rules, property) ? "keep" : "replace";
}

function describeRules({ columns, key, rules }: DeclaredTable): string {
	const named = (properties: readonly string[]) =>
		properties.map((each) => `\`${columns.find(({ property }) => property === each)?.name}\``).join(", ");
	return [
		`Primary key: ${named(key)}.`,
		...(rules?.time ? [`Event time: ${named([rules.time])}.`] : []),
		...(rules?.newer ? [`When two versions meet, the one with the later ${named([rules.newer])} wins.`] : []),
		...(rules?.moves ? [`The same row at another event time is known by ${named(rules.moves)}.`] : []),
	].join(" ");
}
