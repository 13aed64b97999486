import { csvCell } from "@tidemark/text";
import type { Cell, Document, KeyFigures, Part, Table } from "../documents/document.ts";

/** Columns, and rows; if a row lacks a column, the cell is empty. */
interface Sheet {
	readonly columns: readonly string[];
	readonly rows: readonly Readonly<Record<string, Cell["value"]>>[];
}

/**
 * The groups of a document as CSV, with the columns of the part that they belong to. Days, and the one row of totals
 * without groups, concern both parts: their columns stand side by side, named `ci_…` and `llm_…`. Raw numbers, unknown
 * ones empty, names as in the JSON. Quoted as in RFC 4180; lines end with LF.
 */
export function renderCsv(document: Document): string {
	const { columns, rows } = findSheet(document);
	return [columns, ...rows.map((row) => columns.map((column) => csvCell(toScalar(row[column] ?? null))))]
		.map((cells) => cells.join(","))
		.join("\n");
}

function findSheet({ by, parts }: Document): Sheet {
	if (by === null) return totalSheet(parts);
	const sheets = parts.flatMap((part) =>
		part.blocks.flatMap((block) => (block.kind === "table" && block.by === by ? [{ part, table: block }] : [])),
	);
	const [only, ...others] = sheets;
	if (only && others.length === 0) return tableSheet(only.table, "");
	return joinSheets(
		by,
		sheets.map(({ part, table }) => tableSheet(table, `${part.name}_`)),
	);
}

function totalSheet(parts: readonly Part[]): Sheet {
	const values = parts.flatMap(({ name, blocks }) => {
		const total = blocks.find((block): block is KeyFigures => block.kind === "figures" && block.name === "total");
		const scalars = total?.values.filter(({ value }) => !isList(value)) ?? [];
		return scalars.map((figure) => [`${name}_${figure.name}`, figure.value] as const);
	});
	return { columns: values.map(([column]) => column), rows: [Object.fromEntries(values)] };
}

/** The first column is the key, whose name needs no prefix. */
function tableSheet({ columns, rows }: Table, prefix: string): Sheet {
	const named = columns.flatMap(({ name, csv = name, unit }, index) => {
		if (csv === null) return [];
		return [{ title: unit === "name" ? csv : `${prefix}${csv}`, index, isName: unit === "name" }];
	});
	return {
		columns: named.map(({ title }) => title),
		rows: (rows ?? []).map((row) =>
			Object.fromEntries(
				named.map(({ title, index, isName }) => {
					const value = row[index]?.value ?? null;
					return [title, isName ? (value ?? "(none)") : value];
				}),
			),
		),
	};
}

/** One row for each key on which any sheet has something. */
function joinSheets(key: string, sheets: readonly Sheet[]): Sheet {
	const joined = new Map<string, Sheet["rows"][number]>();
	for (const row of sheets.flatMap(({ rows }) => rows)) {
		const name = String(row[key]);
		joined.set(name, { ...joined.get(name), ...row });
	}
	return {
		columns: [...new Set([key, ...sheets.flatMap(({ columns }) => columns)])],
		rows: [...joined].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row),
	};
}

function isList(value: Cell["value"]): boolean {
	return typeof value === "object" && value !== null;
}

function toScalar(value: Cell["value"]): string | number | null {
	return typeof value === "string" || typeof value === "number" ? value : null;
}
