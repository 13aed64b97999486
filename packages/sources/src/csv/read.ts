import { type Context, type Item, isGzip, type Page, readBytes } from "@tidemark/core";
import { changeSince, fingerprintOf, restingStamp } from "../file-cursor.ts";
import type { CsvCursor } from "./cursor.ts";
import { type CsvRecord, readRecords } from "./records.ts";
import { RowReader } from "./row-reader.ts";
import type { CsvConfig } from "./settings.ts";

const pageSize = 5000;

/** Reads a file on from where the cursor left off; standard input (`-`) without a cursor. */
export async function* readCsv(
	path: string,
	stored: CsvCursor | undefined,
	context: Context<CsvConfig>,
): AsyncIterable<Page<CsvCursor>> {
	if (path === "-") {
		for await (const { items } of readPages(path, undefined, context)) yield { items };
		return;
	}
	const stamp = await restingStamp(path, context.signal);
	const change = stored && (await changeSince(stored, path, stamp));
	if (change === "same") return;
	if (change === "other") context.report.info(`${path} was replaced or edited: reading it from the beginning.`);
	const from = change === "grown" ? stored : undefined;
	const position = (await isGzip(path)) ? stamp.size : undefined;
	let last: Progress | undefined;
	for await (const progress of readPages(path, from, context)) {
		last = progress;
		const cursor = await cursorOf(path, progress, position);
		yield { items: progress.items, ...(cursor && { cursor }) };
	}
	const end = last && (await cursorOf(path, last, position));
	if (end) yield { items: [], cursor: { ...end, ended: stamp } };
}

/** Some items, and up to where everything was read for good. */
interface Progress {
	readonly items: readonly Item[];
	readonly firm:
		| { readonly offset: number; readonly lines: number; readonly ordinals: CsvCursor["ordinals"] }
		| undefined;
	readonly header: readonly string[] | undefined;
}

async function cursorOf(
	path: string,
	{ firm, header }: Progress,
	/** Of a compressed file; of any other, the offset of the content is that of the file. */
	position: number | undefined,
): Promise<CsvCursor | undefined> {
	if (!firm) return undefined;
	const at = position ?? firm.offset;
	return { ...firm, position: at, fingerprint: await fingerprintOf(path, at), ...(header && { header: [...header] }) };
}

async function* readPages(
	path: string,
	from: CsvCursor | undefined,
	{ config, report }: Pick<Context<CsvConfig>, "config" | "report">,
): AsyncIterable<Progress> {
	const known = config.header ?? from?.header;
	let rows = known && new RowReader(path, known, config);
	if (rows && from) await rows.resume(from);
	let items: Item[] = [];
	let begin = from?.offset ?? 0;
	let place = from && { offset: from.offset, lines: from.lines };
	// Settled before the first row that a checkpoint must not pass is counted.
	let settled: CsvCursor["ordinals"] | undefined;
	const progress = (): Progress => ({
		items,
		firm: place && rows && { ...place, ordinals: settled ?? rows.ordinalsState() },
		header: rows?.header,
	});
	const records = readRecords(readBytes(path, begin), {
		offset: begin,
		linesBefore: from?.lines ?? 0,
		onHeader: known
			? undefined
			: (cells) => {
					rows = new RowReader(path, cells, config);
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
				items.push(itemOf(record, rows, path));
			}
			begin = record.end;
			if (record.isFirm) place = { offset: record.end, lines: record.lines };
			if (items.length < pageSize) continue;
			yield progress();
			items = [];
		}
	}
	if (begin > (from?.offset ?? 0)) yield progress();
}

function itemOf(record: CsvRecord, rows: RowReader | undefined, path: string): Item {
	const at = `${path === "-" ? "standard input" : path}:${record.line}`;
	if ("spoilt" in record || !rows) return { at, ...record, spoilt: "spoilt" in record ? record.spoilt : "no header" };
	const entry = rows.read(record.cells);
	return { at, entry, key: entry.id };
}

/** A last line without a line end and with fewer cells than the header: somebody is still writing it. */
function isUnfinished(record: CsvRecord, rows: RowReader | undefined, path: string): boolean {
	if (record.isTerminated || "spoilt" in record || path === "-") return false;
	return record.cells.length < (rows?.header.length ?? 0);
}
