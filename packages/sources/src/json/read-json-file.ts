import { type Context, type Page, readBytes } from "@tidemark/core";
import { z } from "zod";
import { fileCursor, followFile } from "../follow-file.ts";
import { type JsonReading, readJsonBatches } from "./read-json-batches.ts";

/** What is taken from a folder, at any depth. */
export const jsonFiles = { inFolders: "*.{json,jsonl,ndjson}{,.gz}" };

/** How far a JSON file was read. A document is read whole, and again when it has changed. */
export const jsonCursor = fileCursor.extend({ layout: z.enum(["lines", "document"]) });

export type JsonCursor = z.infer<typeof jsonCursor>;

/**
 * Reads a file of JSON on from where the cursor left off: a value on each line, lists of them, or a document; compressed
 * or not. Standard input (`-`) is read without a cursor.
 *
 * @param begin is given the cursor if reading goes on where it left off; `state` is what the cursor keeps beside the place
 */
export function readJsonFile<State extends object>(
	path: string,
	stored: (JsonCursor & State) | undefined,
	context: Pick<Context<unknown>, "signal" | "report">,
	begin: (from: (JsonCursor & State) | undefined) => JsonReading & { state(): State },
): AsyncIterable<Page<JsonCursor & State>> {
	return followFile<Pick<JsonCursor, "layout"> & State>(path, stored, context, async function* (grown, file) {
		const from = grown?.layout === "lines" ? grown : undefined;
		const reading = begin(from);
		const bytes = readBytes(file, from?.offset, path);
		for await (const { items, layout, place } of readJsonBatches(path, bytes, from, context.report, reading)) {
			yield { items, place, state: { layout, ...reading.state() }, isDocument: layout === "document" };
		}
	});
}
