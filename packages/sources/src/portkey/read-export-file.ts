import { type Context, type Line, type Page, readBytes, readLines } from "@tidemark/core";
import { z } from "zod";
import { fileCursor, followFile } from "../follow-file.ts";
import { chunkBytes } from "../json/read-json-file.ts";
import { readLogPages } from "./log-pages.ts";
import type { PortkeyConfig } from "./settings.ts";

/** Settled once for each target, because an amount alone does not show it. */
export const settledUnit = { costUnit: z.enum(["usd", "cents"]).optional() };

export const exportFileCursor = fileCursor.extend(settledUnit);

type ExportFileCursor = z.infer<typeof exportFileCursor>;

/** Reads an export file on from where the cursor left off; standard input (`-`) without a cursor. */
export function readExportFile(
	path: string,
	stored: ExportFileCursor | undefined,
	context: Context<PortkeyConfig>,
	pageSize: number,
): AsyncIterable<Page<ExportFileCursor>> {
	const placeOf = ({ number }: Line) => `${path === "-" ? "standard input" : path}:${number}`;
	return followFile<Pick<ExportFileCursor, "costUnit">>(path, stored, context, async function* (from, file) {
		const { offset = 0, lines: linesBefore = 0, costUnit } = from ?? {};
		const lines = readLines(readBytes(file, offset, { label: path, chunkBytes }), { offset, linesBefore });
		const options = { placeOf, pageSize, costUnit, ...(path !== "-" && { isWanted }) };
		for await (const page of readLogPages(lines, context, options)) {
			yield {
				items: page.items,
				place: { offset: page.end.end, lines: page.end.number },
				state: page.costUnit ? { costUnit: page.costUnit } : {},
			};
		}
	});

	/** A last line without a line end that is no JSON: somebody is still writing it. */
	function isWanted(line: Line, isJson: boolean): boolean {
		if (line.isTerminated || isJson || line.text === undefined) return true;
		context.report.info(`${placeOf(line)}: the last line is unfinished; it is read when its line end is there.`);
		return false;
	}
}
