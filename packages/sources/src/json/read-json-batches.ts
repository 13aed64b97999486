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

const batchSize = 2000;

/** Reads the content of a file in batches; of one that breaks off, what stands before as well. */
export async function* readJsonBatches(
	path: string,
	content: AsyncIterable<Buffer>,
	from: Place | undefined,
	report: Pick<Reporter, "info">,
	toItems: ToItems,
): AsyncIterable<JsonBatch> {
	const { layout, content: whole } = from ? { layout: "lines" as const, content } : await peekLayout(content);
	const label = path === "-" ? "standard input" : path;
	const values = layout === "lines" ? lineValues(label, whole, from, report) : documentValues(label, whole);
	let items: Item[] = [];
	let place: Place = { offset: from?.offset ?? 0, lines: from?.lines ?? 0 };
	try {
		for await (const value of values) {
			for (const item of itemsOf(value, toItems)) {
				items.push(item);
				if (items.length < batchSize) continue;
				yield { items, layout, place };
				items = [];
			}
			place = value.place ?? place;
		}
	} catch (error) {
		if (items.length > 0) yield { items, layout, place };
		throw error;
	}
	yield { items, layout, place };
}

/** Something that may be a value, with its place, and up to where everything is read after it. */
interface Found {
	readonly at: string;
	readonly text?: string;
	readonly spoilt?: string;
	readonly place?: Place | undefined;
}

async function* lineValues(
	label: string,
	content: AsyncIterable<Buffer>,
	from: Place | undefined,
	report: Pick<Reporter, "info">,
): AsyncIterable<Found> {
	const start = { offset: from?.offset ?? 0, linesBefore: from?.lines ?? 0 };
	for await (const line of readLines(content, { ...start, maxBytes: maxValueBytes })) {
		const at = `${label}:${line.number}`;
		// Somebody may still be writing a last line without an end: it is read again when there is more.
		const place = line.isTerminated ? { offset: line.end, lines: line.number } : undefined;
		const tooLong = `longer than ${maxValueBytes / 1024 / 1024} MiB`;
		if (isUnfinished(line)) report.info(`${at}: the last line is unfinished; it is read when its line end is there.`);
		else yield { at, place, ...(line.text === undefined ? { spoilt: tooLong } : { text: line.text }) };
	}
}

function isUnfinished({ isTerminated, text }: Line): boolean {
	return !isTerminated && text !== undefined && text.trim() !== "" && parseJson(text) === undefined;
}

async function* documentValues(label: string, content: AsyncIterable<Buffer>): AsyncIterable<Found> {
	for await (const { line, ...value } of readJsonValues(content)) yield { at: `${label}:${line}`, ...value };
}

/** What is no JSON may hold a prompt anywhere, or a key: none of it is kept, place and reason say where to look. */
function* itemsOf({ at, text, spoilt }: Found, toItems: ToItems): Iterable<Item> {
	if (text === undefined) {
		yield { at, spoilt: spoilt ?? "not JSON" };
		return;
	}
	if (text.trim() === "") return;
	if (isTooDeep(text)) {
		yield { at, spoilt: "nested too deeply" };
		return;
	}
	const value = parseJson(text);
	if (value === undefined) {
		yield { at, spoilt: "not JSON" };
	} else if (Array.isArray(value)) {
		for (const [index, each] of value.entries()) yield* toItems(each, `${at}[${index}]`);
	} else {
		yield* toItems(value, at);
	}
}
