import { type Context, isGzip, type Line, type Page, readLines } from "@tidemark/core";
import { changeSince, fingerprintOf, restingStamp } from "../file-cursor.ts";
import { readContent } from "../json/read-content.ts";
import type { ExportFileCursor } from "./cursor.ts";
import { logPages } from "./log-pages.ts";
import type { Manner } from "./manner.ts";
import type { PortkeyConfig } from "./settings.ts";

/** Reads an export file on from where the cursor left off; standard input (`-`) without a cursor. */
export async function* readExportFile(
	path: string,
	stored: ExportFileCursor | undefined,
	context: Context<PortkeyConfig>,
	{ pageSize }: Pick<Manner, "pageSize">,
): AsyncIterable<Page<ExportFileCursor>> {
	const { report, signal } = context;
	const placeOf = ({ number }: { number: number }) => `${path === "-" ? "standard input" : path}:${number}`;
	if (path === "-") {
		for await (const { items } of logPages(readLines(readContent(path)), context, {
			placeOf,
			pageSize,
			costUnit: undefined,
		})) {
			yield { items };
		}
		return;
	}
	const stamp = await restingStamp(path, signal);
	const change = stored && (await changeSince(stored, path, stamp));
	if (change === "same") return;
	if (change === "other") report.info(`${path} was replaced or edited: reading it from the beginning.`);
	const from = change === "grown" ? stored : undefined;
	// A compressed file cannot grow: its offsets are those of the content, its position is its size.
	const position = (await isGzip(path)) ? stamp.size : undefined;
	const { offset = 0, lines: linesBefore = 0, costUnit } = from ?? {};
	const lines = readLines(readContent(path, offset), { offset, linesBefore });
	let cursor: ExportFileCursor | undefined;
	for await (const page of logPages(lines, context, { placeOf, pageSize, costUnit, isWanted: isComplete })) {
		const at = position ?? page.end.end;
		cursor = {
			offset: page.end.end,
			lines: page.end.number,
			position: at,
			fingerprint: await fingerprintOf(path, at),
			...(page.costUnit && { costUnit: page.costUnit }),
		};
		yield { items: page.items, cursor };
	}
	if (cursor) yield { items: [], cursor: { ...cursor, ended: stamp } };

	/** A last line without a line end that is no JSON: somebody is still writing it. */
	function isComplete(line: Line, isReadable: boolean): boolean {
		if (line.isTerminated || isReadable || line.text === undefined) return true;
		report.info(`${placeOf(line)}: the last line is unfinished; it is read when its line end is there.`);
		return false;
	}
}
