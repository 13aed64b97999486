import { callItem } from "@tidemark/calls";
import { type Context, type Item, type NamedOrOpen, type Page, readBytes } from "@tidemark/core";
import { z } from "zod";
import { type FilePage, fileCursor, followFile } from "../follow-file.ts";
import { ordinalsState } from "./ordinals.ts";
import { type CsvRecord, readRecords } from "./records.ts";
import { RowReader } from "./row-reader.ts";
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

const pageSize = 5000;

async function* readPages(
	path: string,
	file: NamedOrOpen,
	from: CsvCursor | undefined,
	{ config, report }: Pick<Context<CsvConfig>, "config" | "report">,
): AsyncIterable<FilePage<RowsState>> {
	const known = config.header ?? from?.header;
	let rows = known && new RowReader(path, file, known, config);
	if (rows && from) await rows.resume(from);
	let items: Item[] = [];
	let begin = from?.offset ?? 0;
	let place = from && { offset: from.offset, lines: from.lines };
	// Settled before the first row that a checkpoint must not pass is counted.
	let settled: RowsState["ordinals"] | undefined;
	const makePage = (): FilePage<RowsState> => ({
		items,
		place: rows && place,
		state: {
			ordinals: settled ?? rows?.ordinalsState() ?? "recount",
			...(rows && { header: [...rows.header] }),
		},
	});
	const records = readRecords(readBytes(file, begin, { label: path }), {
		offset: begin,
		linesBefore: from?.lines ?? 0,
		onHeader: known
			? undefined
			: (cells) => {
					rows = new RowReader(path, file, cells, config);
					if (rows.unusedColumns.length > 0) report.info(`${path}: columns not used: ${rows.unusedColumns.join(", ")}`);
				},
		width: () => rows?.header.length,
		isRecord: (cells) => rows?.isCall(cells) ?? false,
	});
	for await (const batch of records) {
		for (const record of batch) {
			if (!record.isFirm) settled ??= rows?.ordinalsState();
			if (isUnfinished(record, rows, path)) {
				report.info(`${path}:${record.line}: the last line is unfinished; it is read when its line end is there.`);
			} else {
				if (rows && "cells" in record && !rows.canNumber(record.cells)) await rows.recount(begin);
				items.push(makeItem(record, rows, path));
			}
			begin = record.end;
			if (record.isFirm) place = { offset: record.end, lines: record.lines };
			if (items.length < pageSize) continue;
			yield makePage();
			items = [];
		}
	}
	if (begin > (from?.offset ?? 0)) yield makePage();
}

function makeItem(record: CsvRecord, rows: RowReader | undefined, path: string): Item {
	const at = `${path === "-" ? "standard input" : path}:${record.line}`;
	if ("spoilt" in record) return { at, text: record.text, spoilt: record.spoilt };
	return rows ? callItem(rows.read(record.cells), at) : { at, spoilt: "no header" };
}

/** A last line without a line end and with fewer cells than the header: somebody is still writing it. */
function isUnfinished(record: CsvRecord, rows: RowReader | undefined, path: string): boolean {
	if (record.isTerminated || "spoilt" in record || path === "-") return false;
	return record.cells.length < (rows?.header.length ?? 0);
}
