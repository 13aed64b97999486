import { type Item, type Reporter, readLines } from "@tidemark/core";
import type { Place } from "../follow-file.ts";
import { type JsonLayout, peekLayout } from "./json-layout.ts";
import { type JsonText, maxValueBytes, readJsonValues, tooLong } from "./json-values.ts";
import { isTooDeep, parseJson } from "./parse-json.ts";

/** How values become items, and what is said of those that are none. */
export interface JsonReading {
	/** Makes items of one value: of a line, or of an element of the list that stands on it. */
	readonly toItems: (value: unknown, at: string) => readonly Item[];
	/** Names a line; by default the file and the line's number do. */
	readonly nameLine?: (text: string | undefined) => string;
	/** Keeps what is no JSON. It may hold a prompt anywhere, or a key: without it, place and reason say where to look. */
	readonly keepsText?: boolean;
	/** Nobody is still writing the last line. */
	readonly isWhole?: boolean;
	readonly batchSize?: number;
	/** Completes the items of a batch by what only many of them show. */
	finish?(items: readonly Item[]): readonly Item[];
}

/** Some items, and up to where everything was read for good. */
interface JsonBatch {
	readonly items: readonly Item[];
	readonly layout: JsonLayout;
	readonly place: Place;
}

/** A batch of long values is a short one. */
const maxCharacters = 16 * 1024 * 1024;

/** Reads the content of a file in batches; of one that breaks off, what stands before as well. */
export async function* readJsonBatches(
	path: string,
	bytes: AsyncIterable<Buffer>,
	from: Place | undefined,
	report: Pick<Reporter, "info">,
	reading: JsonReading,
): AsyncIterable<JsonBatch> {
	const { batchSize = 2000, isWhole = path === "-", nameLine } = reading;
	const { layout, content } = from ? { layout: "lines" as const, content: bytes } : await peekLayout(bytes);
	let place: Place = { offset: from?.offset ?? 0, lines: from?.lines ?? 0 };
	let [items, characters]: [Item[], number] = [[], 0];
	const makeBatch = () => ({ items: reading.finish?.(items) ?? items, layout, place });
	const values: AsyncIterable<Value> = layout === "lines" ? readLineValues(content, place) : readJsonValues(content);
	try {
		for await (const value of values) {
			const at = nameLine?.(value.text) ?? `${path === "-" ? "standard input" : path}:${value.line}`;
			characters += value.text?.length ?? 0;
			if (value.isTorn && !isWhole) {
				report.info(`${at}: the last line is unfinished; it is read when its line end is there.`);
				continue;
			}
			for (const item of makeItems(value, at, reading)) {
				items.push(item);
				if (items.length < batchSize && characters < maxCharacters) continue;
				yield makeBatch();
				[items, characters] = [[], 0];
			}
			place = value.place ?? place;
		}
	} catch (error) {
		if (items.length > 0) yield makeBatch();
		throw error;
	}
	yield makeBatch();
}

interface Value extends JsonText {
	/** Up to where everything is read after it. */
	readonly place?: Place;
	/** It ends within a last line: somebody may still be writing it. */
	readonly isTorn?: boolean;
}

async function* readLineValues(content: AsyncIterable<Buffer>, { offset, lines }: Place): AsyncIterable<Value> {
	const options = { offset, linesBefore: lines, maxBytes: maxValueBytes };
	for await (const { text, number: line, end, isTerminated } of readLines(content, options)) {
		const found = text === undefined ? { line, spoilt: tooLong } : { line, text };
		if (isTerminated) yield { ...found, place: { offset: end, lines: line } };
		// A last line without an end is read again when there is more.
		else yield { ...found, isTorn: text?.trim() !== "" && parseJson(text ?? "0") === undefined };
	}
}

function* makeItems({ text, spoilt = "not JSON" }: Value, at: string, reading: JsonReading): Iterable<Item> {
	if (text?.trim() === "") return;
	const isDeep = text !== undefined && isTooDeep(text);
	const value = text === undefined || isDeep ? undefined : parseJson(text);
	if (value === undefined) {
		const kept = reading.keepsText && text !== undefined && !isDeep ? { text } : {};
		yield { at, spoilt: isDeep ? "nested too deeply" : spoilt, ...kept };
	} else if (Array.isArray(value)) {
		for (const [index, each] of value.entries()) yield* reading.toItems(each, `${at}[${index}]`);
	} else {
		yield* reading.toItems(value, at);
	}
}
