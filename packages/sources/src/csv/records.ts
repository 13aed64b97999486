import type { Place } from "../follow-file.ts";
import { type ParsedRecord, parsePlainLines, parseQuotedLines } from "./csv-parser.ts";

/** A record of a file, or a line that is none. */
export type CsvRecord = (
	| { readonly cells: readonly string[] }
	/** `text` as it stood, `spoilt` why it is no record. */
	| { readonly text: string; readonly spoilt: string }
) & {
	/** The line it begins on, counted from 1. */
	readonly line: number;
	/** Where the next one begins. */
	readonly end: Place;
	/** False for a last line without a line end. */
	readonly isTerminated: boolean;
	/** False for what another process may still be writing: a checkpoint must not pass it. */
	readonly isFirm: boolean;
};

/** Longer records are passed over, so that a quote that is never closed cannot fill the memory. */
const maxRecordBytes = 1024 * 1024;

const tooLong = `longer than ${maxRecordBytes} bytes, or a quote on this line is never closed`;
const unclosedQuote = "a quote on this line is never closed";

/**
 * Splits CSV (RFC 4180, LF and CRLF mixed, a byte order mark, quoted line ends) into records; the header is one of them.
 *
 * A quote is closed by one that the end of a cell follows. If there is none, its line is handed over as spoilt, and
 * reading goes on at the line after it: one record is lost, not the file.
 *
 * @param from where `chunks` begin in the file
 * @param width how many cells a record has; by default as many as the first
 */
export async function* readRecords(
	chunks: AsyncIterable<Buffer>,
	from: Place,
	width?: number,
): AsyncIterable<CsvRecord[]> {
	const splitter = new Splitter(from, width);
	for await (const chunk of chunks) yield splitter.push(chunk);
	yield splitter.split(true);
}

/** Records with quotes are parsed in blocks of about this size, after which plain lines can be taken again. */
const blockBytes = 16 * 1024;

/** What is kept of a spoilt line. */
const keptBytes = 64 * 1024;

class Splitter {
	/** Up to where everything is handed over. */
	#done: Place;
	/** Bytes from there on. */
	#rest: Buffer = Buffer.alloc(0);
	/** A record that is not whole is looked at again when there is twice as much of it. */
	#awaited = 0;
	/** Cleared by a quote that is still open at the end of the file. */
	#isFirm = true;
	/** Inside a line that is too long, up to its end. */
	#isSkipping = false;
	#width: number | undefined;

	constructor(from: Place, width: number | undefined) {
		this.#done = from;
		this.#width = width;
	}

	push(chunk: Buffer): CsvRecord[] {
		this.#rest = Buffer.concat([this.#rest, chunk]);
		return this.#rest.length < this.#awaited ? [] : this.split(false);
	}

	/** @param isEnd nothing follows */
	split(isEnd: boolean): CsvRecord[] {
		const records: CsvRecord[] = [];
		for (let count = 1; count > 0 && this.#rest.length > 0; this.#rest = this.#rest.subarray(count)) {
			count = this.#isSkipping ? this.#skipLine(this.#rest) : this.#takeRecords(this.#rest, isEnd, records);
		}
		this.#awaited = Math.min(2 * this.#rest.length, maxRecordBytes);
		return records;
	}

	/** Takes what stands at the beginning of some bytes, and returns how many of them that was; 0 if it needs more. */
	#takeRecords(bytes: Buffer, isEnd: boolean, records: CsvRecord[]): number {
		if (this.#done.offset === 0 && bytes.subarray(0, 3).equals(byteOrderMark)) {
			this.#done = { offset: 3, lines: 0 };
			return 3;
		}
		const quoteAt = bytes.indexOf(quote);
		const plain = bytes.lastIndexOf(newline, quoteAt === -1 ? undefined : quoteAt) + 1;
		if (plain > 0) return this.#handOver(bytes, parsePlainLines(bytes.subarray(0, plain)), plain, records);
		let length = 0;
		let end = findRecordEnd(bytes, 0, isEnd);
		while (typeof end === "number") {
			length = end;
			end = length < Math.min(blockBytes, bytes.length) ? findRecordEnd(bytes, length, isEnd) : undefined;
		}
		if (length > 0) return this.#handOver(bytes, parseQuotedLines(bytes.subarray(0, length)), length, records);
		if (end === "unclosed") return this.#spoilLine(bytes, unclosedQuote, records);
		if (bytes.length > maxRecordBytes) return this.#spoilLine(bytes, tooLong, records);
		if (!isEnd) return 0;
		// A writer may be about to close the quote.
		this.#isFirm = false;
		return this.#spoilLine(bytes, unclosedQuote, records);
	}

	/** Hands over what was parsed of the first `length` bytes, up to a record that cannot be one. */
	#handOver(bytes: Buffer, parsed: readonly ParsedRecord[], length: number, records: CsvRecord[]): number {
		const begin = this.#done;
		for (const record of parsed) {
			const at = this.#done.offset - begin.offset;
			if (record.bytes - at > maxRecordBytes) return at + this.#spoilLine(bytes.subarray(at), tooLong, records);
			const { cells } = record;
			this.#width ??= cells.length;
			const end = { offset: begin.offset + record.bytes, lines: begin.lines + record.lines };
			// Blank lines may stand before it.
			const height = end.lines - this.#done.lines === 1 ? 1 : cells.join("").split("\n").length;
			if (height > 1 && cells.length !== this.#width) {
				return at + this.#spoilLine(bytes.subarray(at), unclosedQuote, records);
			}
			const isTerminated = bytes[record.bytes - 1] === newline;
			records.push({ cells, line: end.lines - height + 1, end, isTerminated, isFirm: this.#isFirm && isTerminated });
			this.#done = end;
		}
		const blank = countLines(bytes.subarray(this.#done.offset - begin.offset, length));
		this.#done = { offset: begin.offset + length, lines: this.#done.lines + blank };
		return length;
	}

	/** Hands over the first line as spoilt. */
	#spoilLine(bytes: Buffer, spoilt: string, records: CsvRecord[]): number {
		const blank = bytes.findIndex((byte) => byte !== newline && byte !== carriageReturn);
		const lineEnd = bytes.indexOf(newline, blank);
		const isTerminated = lineEnd !== -1;
		const length = isTerminated ? lineEnd + 1 : bytes.length;
		const text = bytes.toString("utf8", blank, Math.min(length, blank + keptBytes)).trimEnd();
		const line = this.#done.lines + countLines(bytes.subarray(0, blank)) + 1;
		this.#done = { offset: this.#done.offset + length, lines: line };
		this.#isSkipping = !isTerminated;
		records.push({ text, spoilt, line, end: this.#done, isTerminated, isFirm: this.#isFirm });
		return length;
	}

	/** Leaves out the rest of a line that was too long. */
	#skipLine(bytes: Buffer): number {
		const lineEnd = bytes.indexOf(newline);
		this.#isSkipping = lineEnd === -1;
		const length = lineEnd === -1 ? bytes.length : lineEnd + 1;
		this.#done = { ...this.#done, offset: this.#done.offset + length };
		return length;
	}
}

/**
 * Finds the end of the record that begins at a byte, as RFC 4180 wants it; undefined if more has to be read.
 *
 * `unclosed`: on a later line than the quote stands one that no end of a cell follows. On the same line both are text.
 */
function findRecordEnd(bytes: Buffer, begin: number, isEnd: boolean): number | "unclosed" | undefined {
	for (let at = begin; ; ) {
		if (bytes[at] === quote) {
			const closing = findClosingQuote(bytes, at + 1);
			if (closing === undefined || (closing + 2 >= bytes.length && !isEnd)) return undefined;
			const next = bytes[closing + (bytes[closing + 1] === carriageReturn ? 2 : 1)];
			const isClosed = next === undefined || next === newline || bytes[closing + 1] === comma;
			if (!isClosed && bytes.subarray(at, closing).includes(newline)) return "unclosed";
			at = closing + 1;
		}
		const lineEnd = bytes.indexOf(newline, at);
		const cellEnd = bytes.indexOf(comma, at);
		if (cellEnd === -1 || (lineEnd !== -1 && lineEnd < cellEnd)) {
			if (lineEnd !== -1) return lineEnd + 1;
			return isEnd ? bytes.length : undefined;
		}
		at = cellEnd + 1;
	}
}

/** Two quotes are one that is meant. */
function findClosingQuote(bytes: Buffer, from: number): number | undefined {
	let at = bytes.indexOf(quote, from);
	while (at !== -1 && bytes[at + 1] === quote) at = bytes.indexOf(quote, at + 2);
	return at === -1 ? undefined : at;
}

function countLines(bytes: Buffer): number {
	let count = 0;
	for (let at = bytes.indexOf(newline); at !== -1; at = bytes.indexOf(newline, at + 1)) count++;
	return count;
}

const newline = 0x0a;
const carriageReturn = 0x0d;
const quote = 0x22;
const comma = 0x2c;
const byteOrderMark = Buffer.from("\ufeff");
