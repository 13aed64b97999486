import { formatCsvCell } from "@tidemark/text";
import type { Cell, Document, Grouping, KeyFigures, Part, Table } from "../documents/document.ts";

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
export function renderCsv({ by, parts }: Document): string {
	const { columns, rows } = by === null ? totalSheet(parts) : groupSheet(by, parts);
	return [columns, ...rows.map((row) => columns.map((column) => formatCsvCell(toScalar(row[column] ?? null))))]
		.map((cells) => cells.join(","))
		.join("\n");
}

function groupSheet(by: Grouping, parts: readonly Part[]): Sheet {
	const tables = parts.flatMap(({ name, blocks }) =>
		blocks.flatMap((block) => (block.kind === "table" && block.by === by ? [[`${name}_`, block] as const] : [])),
	);
	const [only, ...others] = tables;
	if (only && others.length === 0) return tableSheet(only[1], "");
	return joinSheets(
		by,
		tables.map(([prefix, table]) => tableSheet(table, prefix)),
	);
}

function totalSheet(parts: readonly Part[]): Sheet {
	const values = parts.flatMap(({ name: part, blocks }) => {
		const total = blocks.find((block): block is KeyFigures => block.kind === "figures" && block.name === "total");
		const scalars = Object.entries(total?.values ?? {}).filter(
			([, value]) => typeof value !== "object" || value === null,
		);
		return scalars.map(([name, value]) => [`${part}_${name}`, value] as const);
	});
	return { columns: values.map(([column]) => column), rows: [Object.fromEntries(values)] };
}

/** The first column is the key, whose name needs no prefix. */
function tableSheet({ columns, rows }: Table, prefix: string): Sheet {
	const named = columns.flatMap(({ name, csv = name, unit }, index) => {
		return csv ? [{ title: unit === "name" ? csv : prefix + csv, index, isName: unit === "name" }] : [];
	});
	const readRow = (row: readonly Cell[]) =>
		named.map(({ title, index, isName }) => [title, row[index]?.value ?? (isName ? "(none)" : null)] as const);
	return {
		columns: named.map(({ title }) => title),
		rows: (rows ?? []).map((row) => Object.fromEntries(readRow(row))),
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

function toScalar(value: Cell["value"]): string | number | null {
	return typeof value === "string" || typeof value === "number" ? value : null;
}
