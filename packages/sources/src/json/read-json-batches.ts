import { type Item, type Line, type Reporter, readLines } from "@tidemark/core";
import type { Place } from "../follow-file.ts";
import { type JsonLayout, peekLayout } from "./json-layout.ts";
import { maxValueBytes, readJsonValues } from "./json-values.ts";
import { isTooDeep, parseJson } from "./parse-json.ts";

/** Makes items of one value of a file: of a line, or of an element of the list that stands on it. */
export type ToItems = (value: unknown, at: string) => readonly Item[];

/** Some items, and up to where everything was read for good: a byte of the content, and the lines before it. */
export interface JsonBatch {
	readonly items: readonly Item[];
	readonly layout: JsonLayout;
	readonly place: Place;
}

/** How values become items, and what is said of those that are none. */
export interface JsonReading {
	readonly toItems: ToItems;
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

/** A batch of long values is a short one. */
const maxCharacters = 16 * 1024 * 1024;

/** Reads the content of a file in batches; of one that breaks off, what stands before as well. */
export async function* readJsonBatches(
	path: string,
	content: AsyncIterable<Buffer>,
	from: Place | undefined,
	report: Pick<Reporter, "info">,
	reading: JsonReading,
): AsyncIterable<JsonBatch> {
	const { batchSize = 2000, isWhole = path === "-" } = reading;
	const finish = (batch: readonly Item[]) => reading.finish?.(batch) ?? batch;
	const { layout, content: whole } = from ? { layout: "lines" as const, content } : await peekLayout(content);
	const label = path === "-" ? "standard input" : path;
	const values =
		layout === "lines"
			? readLineValues(label, whole, from, report, { ...reading, isWhole })
			: readDocumentValues(label, whole);
	let [items, characters]: [Item[], number] = [[], 0];
	let place: Place = { offset: from?.offset ?? 0, lines: from?.lines ?? 0 };
	try {
		for await (const value of values) {
			characters += value.text?.length ?? 0;
			for (const item of makeItems(value, reading)) {
				items.push(item);
				if (items.length < batchSize && characters < maxCharacters) continue;
				yield { items: finish(items), layout, place };
				[items, characters] = [[], 0];
			}
			place = value.place ?? place;
		}
	} catch (error) {
		if (items.length > 0) yield { items: finish(items), layout, place };
		throw error;
	}
	yield { items: finish(items), layout, place };
}

/** Something that may be a value, with its place, and up to where everything is read after it. */
interface Found {
	readonly at: string;
	readonly text?: string;
	readonly spoilt?: string;
	readonly place?: Place | undefined;
}

async function* readLineValues(
	label: string,
	content: AsyncIterable<Buffer>,
	from: Place | undefined,
	report: Pick<Reporter, "info">,
	{ nameLine, isWhole }: JsonReading,
): AsyncIterable<Found> {
	const start = { offset: from?.offset ?? 0, linesBefore: from?.lines ?? 0 };
	for await (const line of readLines(content, { ...start, maxBytes: maxValueBytes })) {
		const at = nameLine?.(line.text) ?? `${label}:${line.number}`;
		// Somebody may still be writing a last line without an end: it is read again when there is more.
		const place = line.isTerminated ? { offset: line.end, lines: line.number } : undefined;
		const tooLong = `longer than ${maxValueBytes / 1024 / 1024} MiB`;
		if (!isWhole && isUnfinished(line))
			report.info(`${at}: the last line is unfinished; it is read when its line end is there.`);
		else yield { at, place, ...(line.text === undefined ? { spoilt: tooLong } : { text: line.text }) };
	}
}

function isUnfinished({ isTerminated, text }: Line): boolean {
	return !isTerminated && text !== undefined && text.trim() !== "" && parseJson(text) === undefined;
}

async function* readDocumentValues(label: string, content: AsyncIterable<Buffer>): AsyncIterable<Found> {
	for await (const { line, ...value } of readJsonValues(content)) yield { at: `${label}:${line}`, ...value };
}

function* makeItems({ at, text, spoilt = "not JSON" }: Found, { toItems, keepsText }: JsonReading): Iterable<Item> {
	if (text?.trim() === "") return;
	const isDeep = text !== undefined && isTooDeep(text);
	const value = text === undefined || isDeep ? undefined : parseJson(text);
	if (value === undefined) {
		const kept = keepsText && text !== undefined && !isDeep ? { text } : {};
		yield { at, spoilt: isDeep ? "nested too deeply" : spoilt, ...kept };
	} else if (Array.isArray(value)) {
		for (const [index, each] of value.entries()) yield* toItems(each, `${at}[${index}]`);
	} else {
		yield* toItems(value, at);
	}
}
