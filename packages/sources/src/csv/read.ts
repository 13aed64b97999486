import { callItem } from "@tidemark/calls";
import { type Context, type Item, type NamedOrOpen, type Page, readBytes } from "@tidemark/core";
import { z } from "zod";
import { type FilePage, fileCursor, followFile } from "../follow-file.ts";
import { ordinalsState } from "./ordinals.ts";
import { type CsvRecord, readRecords } from "./records.ts";
import { beginning, RowReader } from "./row-reader.ts";
import type { CsvConfig } from "./settings.ts";

/** What the next rows of a file have to know of those before. */
const rowsState = z.object({ header: z.array(z.string()).optional(), ordinals: ordinalsState });

type RowsState = z.infer<typeof rowsState>;

/** How far a usage file was read. */
export const csvCursor = fileCursor.extend(rowsState.shape);

export type CsvCursor = z.infer<typeof csvCursor>;

/** Reads a usage file on from where the cursor left off; standard input (`-`) without a cursor. */
export function readCsv(
	path: string,
	stored: CsvCursor | undefined,
	context: Context<CsvConfig>,
): AsyncIterable<Page<CsvCursor>> {
	return followFile<RowsState>(path, stored, context, (from, file) => readPages(path, file, from, context));
}

const pageSize = 10_000;

async function* readPages(
	path: string,
	file: NamedOrOpen,
	from: CsvCursor | undefined,
	{ config, report }: Pick<Context<CsvConfig>, "config" | "report">,
): AsyncIterable<FilePage<RowsState>> {
	const label = path === "-" ? "standard input" : path;
	const known = config.header ?? from?.header;
	let rows = known && new RowReader(path, file, known, config);
	if (rows && from) await rows.resume(from.ordinals, from);
	let items: Item[] = [];
	let begin = from ? { offset: from.offset, lines: from.lines } : beginning;
	let place = from && begin;
	// Settled before the first row that a checkpoint must not pass is counted.
	let settled: RowsState["ordinals"] | undefined;
	const makePage = (): FilePage<RowsState> => ({
		items,
		place: rows && place,
		state: { ordinals: settled ?? rows?.ordinalsState() ?? "recount", ...(rows && { header: [...rows.header] }) },
	});
	for await (const records of readRecords(readBytes(file, begin.offset, path), begin, known?.length)) {
		for (const record of records) {
			const at = `${label}:${record.line}`;
			if (!record.isFirm) settled ??= rows?.ordinalsState();
			if ("spoilt" in record) {
				items.push({ at, text: record.text, spoilt: record.spoilt });
			} else if (!rows) {
				rows = new RowReader(path, file, record.cells, config);
				const { unused } = rows.columns;
				if (unused.length > 0) report.info(`${path}: columns not used: ${unused.join(", ")}`);
			} else if (isUnfinished(record, rows.header) && path !== "-") {
				report.info(`${at}: the last line is unfinished; it is read when its line end is there.`);
			} else {
				if (!rows.canNumber(record.cells)) await rows.recount(begin);
				items.push(callItem(rows.read(record.cells), at));
			}
			begin = record.end;
			if (record.isFirm) place = begin;
			if (items.length < pageSize) continue;
			yield makePage();
			items = [];
		}
	}
	if (begin.offset > (from?.offset ?? 0)) yield makePage();
}

/** A last line without a line end and with fewer cells than the header: somebody is still writing it. */
function isUnfinished(record: Extract<CsvRecord, { cells: unknown }>, header: readonly string[]): boolean {
	return !record.isTerminated && record.cells.length < header.length;
}
