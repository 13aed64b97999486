import { CsvParser, maxRecordBytes, type ParsedRecord, parsePlainLines, tooLong, unclosedQuote } from "./csv-parser.ts";

/** A record of a file, or a line that is none. */
export type CsvRecord = (
	| { readonly cells: readonly string[] }
	/** `text` as it stood, `spoilt` why it is no record. */
	| { readonly text: string; readonly spoilt: string }
) & {
	/** The line it begins on, counted from 1. */
	readonly line: number;
	/** The offset of the byte after it, and the number of lines up to there. */
	readonly end: number;
	readonly lines: number;
	/** False for a last line without a line end. */
	readonly isTerminated: boolean;
	/** False for what another process may still be writing: a checkpoint must not pass it. */
	readonly isFirm: boolean;
};

export interface RecordOptions {
	/** Where `chunks` begin in the file, and how many lines came before. */
	readonly offset: number;
	readonly linesBefore: number;
	/** Told the first record, which is then not handed over; undefined where there is none, or it is known. */
	readonly onHeader: ((cells: readonly string[]) => void) | undefined;
	/** How many cells a record has; known after the header. */
	width(): number | undefined;
	/** Tells whether cells make a good record. */
	isRecord(cells: readonly string[]): boolean;
}

/**
 * Splits CSV (RFC 4180, LF and CRLF mixed, a byte order mark, quoted line ends) into records.
 *
 * A quote that is never closed would swallow what follows, up to the next quote or the end of the file. Such a line is
 * handed over as spoilt, and reading goes on at the line after it: one record is lost, not the file.
 */
export async function* readRecords(chunks: AsyncIterable<Buffer>, options: RecordOptions): AsyncIterable<CsvRecord[]> {
	const reader = new RecordReader(options);
	for await (const chunk of chunks) {
		const records = await reader.push(chunk);
		if (records.length > 0) yield records;
	}
	const rest = await reader.end();
	if (rest.length > 0) yield rest;
}

/** The parser is fed in slices of this size, so that starting over at a spoilt line repeats little work. */
const sliceBytes = 16 * 1024;

/** What is kept of a spoilt line. */
const keptBytes = 64 * 1024;

/** A place in the file: a byte, and the lines before it. */
interface Place {
	readonly offset: number;
	readonly lines: number;
}

class RecordReader {
	readonly #options: RecordOptions;
	#parser: CsvParser;
	/** Where the parser began, since its positions are counted from there. */
	#parserStart: Place;
	/** Up to where everything is handed over. */
	#done: Place;
	/** Bytes from `#base` on, at least all that are not handed over; `#fed` of them were given to the parser. */
	#window: Buffer = Buffer.alloc(0);
	#base: number;
	#fed = 0;
	/** Cleared after a failure that reached the end of the file. */
	#isFirm = true;
	/** Inside a line that is too long, up to its end. */
	#isSkipping = false;
	#isHeader: boolean;

	constructor(options: RecordOptions) {
		this.#options = options;
		this.#isHeader = options.onHeader !== undefined;
		this.#base = options.offset;
		this.#done = { offset: options.offset, lines: options.linesBefore };
		this.#parserStart = this.#done;
		this.#parser = new CsvParser(options.offset === 0);
	}

	async push(chunk: Buffer): Promise<CsvRecord[]> {
		const handedOver = this.#done.offset - this.#base;
		this.#window = Buffer.concat([this.#window.subarray(handedOver), chunk]);
		this.#base += handedOver;
		this.#fed -= handedOver;
		return this.#feed();
	}

	async end(): Promise<CsvRecord[]> {
		const records: CsvRecord[] = [];
		for (;;) {
			const failure = (await this.#parser.write(this.#window.subarray(this.#fed))) ?? (await this.#parser.end());
			const suspicion = this.#take(records, this.#parser.take());
			if (!suspicion && !failure) return records;
			// Whoever writes this file may be about to close the quote.
			if (failure) this.#isFirm = false;
			this.#startOver(records, suspicion ?? failure ?? "");
			records.push(...(await this.#feed()));
		}
	}

	async #feed(): Promise<CsvRecord[]> {
		const records: CsvRecord[] = [];
		while (this.#fed < this.#window.length) {
			if (this.#isSkipping && !this.#skipLine()) break;
			const isBetweenRecords = this.#fed === this.#done.offset - this.#base;
			if (isBetweenRecords && this.#takePlainLines(records)) continue;
			if (isBetweenRecords && this.#isLineUnfinished()) break;
			const before = this.#done;
			const slice = this.#window.subarray(this.#fed, this.#fed + sliceBytes);
			this.#fed += slice.length;
			const failure = await this.#parser.write(slice);
			const suspicion = this.#take(records, this.#parser.take());
			if (suspicion ?? failure) this.#startOver(records, suspicion ?? failure ?? "");
			// Back to between two records, from where plain lines can be taken again.
			else if (this.#done !== before) this.#restartAt(this.#done);
		}
		return records;
	}

	/** Takes all whole lines before the next quote; false where there is none. */
	#takePlainLines(records: CsvRecord[]): boolean {
		const begin = this.#fed + (this.#done.offset === 0 && this.#window.subarray(0, 3).equals(byteOrderMark) ? 3 : 0);
		const quoteAt = this.#window.indexOf(quote, begin);
		const end = this.#window.lastIndexOf(newline, quoteAt === -1 ? undefined : quoteAt) + 1;
		if (end <= begin) return false;
		this.#parserStart = { offset: this.#base + begin, lines: this.#done.lines };
		const plain = parsePlainLines(this.#window.subarray(begin, end));
		const suspicion = this.#take(records, plain.records);
		if (suspicion) this.#startOver(records, suspicion);
		else this.#restartAt({ offset: this.#base + end, lines: this.#parserStart.lines + plain.lines });
		return true;
	}

	/** True where what is left is the beginning of a line that may still turn out to be plain. */
	#isLineUnfinished(): boolean {
		const left = this.#window.length - this.#fed;
		return left <= maxRecordBytes && this.#window.indexOf(quote, this.#fed) === -1;
	}

	/** Takes over parsed records; answers what is wrong with the one at which it stopped. */
	#take(records: CsvRecord[], parsed: readonly ParsedRecord[]): string | undefined {
		for (const { cells, bytes, lines } of parsed) {
			const end = { offset: this.#parserStart.offset + bytes, lines: this.#parserStart.lines + lines };
			if (end.offset - this.#done.offset > maxRecordBytes) return tooLong;
			if (this.#isHeader) {
				this.#options.onHeader?.(cells);
				this.#isHeader = false;
				this.#done = end;
				continue;
			}
			const isMultiline = end.lines - this.#done.lines > 1 && cells.some((cell) => cell.includes("\n"));
			if (isMultiline && this.#hasSwallowed(cells, end)) return unclosedQuote;
			const isTerminated = this.#window[end.offset - this.#base - 1] === newline;
			records.push({
				cells,
				line: isMultiline ? end.lines - cells.join("").split("\n").length + 1 : end.lines,
				end: end.offset,
				lines: end.lines,
				isTerminated,
				isFirm: this.#isFirm && isTerminated,
			});
			this.#done = end;
		}
		return undefined;
	}

	/** A record of several lines is taken at its word, unless it has too few or many cells or one of its lines is a record. */
	#hasSwallowed(cells: readonly string[], end: Place): boolean {
		const { width, isRecord } = this.#options;
		if (cells.length !== (width() ?? cells.length)) return true;
		const text = this.#window.toString("utf8", this.#done.offset - this.#base, end.offset - this.#base);
		const [, ...continuation] = text.trim().split("\n");
		return continuation.some((line) => isRecord(line.split(",").map((cell) => cell.trim())));
	}

	/** Hands over the first line that is not done as spoilt, and begins anew after it. */
	#startOver(records: CsvRecord[], spoilt: string): void {
		let begin = this.#done.offset - this.#base;
		let line = this.#done.lines + 1;
		for (; this.#window[begin] === newline || this.#window[begin] === carriageReturn; begin++) {
			if (this.#window[begin] === newline) line++;
		}
		const lineEnd = this.#window.indexOf(newline, begin);
		const end = lineEnd === -1 ? this.#window.length : lineEnd + 1;
		const text = this.#window.toString("utf8", begin, Math.min(end, begin + keptBytes)).trimEnd();
		const isTerminated = lineEnd !== -1;
		const place = { offset: this.#base + end, lines: line };
		records.push({ text, spoilt, line, end: place.offset, lines: line, isTerminated, isFirm: this.#isFirm });
		this.#isSkipping = !isTerminated;
		this.#restartAt(place);
	}

	/** Leaves out the rest of a line that was too long; false while its end is not in sight. */
	#skipLine(): boolean {
		const lineEnd = this.#window.indexOf(newline, this.#fed);
		this.#isSkipping = lineEnd === -1;
		const end = this.#isSkipping ? this.#window.length : lineEnd + 1;
		this.#restartAt({ offset: this.#base + end, lines: this.#done.lines });
		return !this.#isSkipping;
	}

	#restartAt(place: Place): void {
		this.#done = place;
		this.#parserStart = place;
		this.#fed = place.offset - this.#base;
		this.#parser = new CsvParser(false);
	}
}

const newline = 0x0a;
const carriageReturn = 0x0d;
const quote = 0x22;
const byteOrderMark = Buffer.from("\ufeff");
