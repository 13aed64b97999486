import { type Context, isGzip, type Page } from "@tidemark/core";
import { changeSince, type FileStamp, fingerprintOf, restingStamp } from "../file-cursor.ts";
import type { JsonCursor } from "./json-cursor.ts";
import { readContent } from "./read-content.ts";
import { type JsonBatch, readJsonBatches, type ToItems } from "./read-json-batches.ts";

/**
 * Reads a file of JSON on from where the cursor left off: a value on each line, lists of them, or a document; compressed
 * or not. Standard input (`-`) is read without a cursor.
 *
 * @param begin makes what turns values into items; told whether reading goes on where it left off
 */
export async function* readJsonFile(
	path: string,
	stored: JsonCursor | undefined,
	{ signal, report }: Pick<Context<unknown>, "signal" | "report">,
	begin: (isResumed: boolean) => ToItems,
): AsyncIterable<Page<JsonCursor>> {
	if (path === "-") {
		const batches = readJsonBatches(path, readContent(path), undefined, report, begin(false));
		for await (const { items } of batches) yield { items };
		return;
	}
	const stamp = await restingStamp(path, signal);
	const change = stored && (await changeSince(stored, path, stamp));
	if (change === "same") return;
	if (change === "other") report.info(`${path} was replaced or edited: reading it from the beginning.`);
	const from = change === "grown" && stored?.layout === "lines" ? stored : undefined;
	const batches = readJsonBatches(path, readContent(path, from?.offset), from, report, begin(from !== undefined));
	let last: JsonBatch | undefined;
	for await (const batch of batches) {
		last = batch;
		// Within a document no place can be taken up again.
		const cursor = batch.layout === "lines" ? await cursorAt(path, batch, stamp) : undefined;
		yield { items: batch.items, ...(cursor && { cursor }) };
	}
	if (last) yield { items: [], cursor: { ...(await cursorAt(path, last, stamp)), ended: stamp } };
}

async function cursorAt(path: string, { layout, firm }: JsonBatch, { size }: FileStamp): Promise<JsonCursor> {
	// Of a compressed file nothing tells which of its bytes an offset of the content is.
	const position = layout === "document" || (await isGzip(path)) ? size : firm.offset;
	return { ...firm, layout, position, fingerprint: await fingerprintOf(path, position) };
}
