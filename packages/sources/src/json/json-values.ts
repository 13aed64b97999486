/** One value of a document, as text; or why there is none. */
export type JsonText = { readonly line: number } & ({ readonly text: string } | { readonly spoilt: string });

/** Longer values are passed over, so that a file cannot fill the memory. */
export const maxValueBytes = 16 * 1024 * 1024;

/**
 * Splits a document into its values by brackets and quotes alone: the elements of arrays at the top, and objects that
 * stand there on their own, however they are broken into lines. Holds one of them at a time.
 *
 * JSON allows no line end inside a text. A quote that is not closed by then spoils what it stands in, and reading goes
 * on with the next line.
 */
export async function* readJsonValues(chunks: AsyncIterable<Buffer>): AsyncIterable<JsonText> {
	const splitter = new Splitter();
	for await (const chunk of chunks) yield* splitter.push(chunk);
	yield* splitter.end();
}

const unclosed = "not JSON: what begins here is never closed";

class Splitter {
	#line = 1;
	/** The value that is being read: where it began, how deep its brackets go, and its bytes so far. */
	#begunOn = 1;
	#depth = 0;
	#pieces: Buffer[] = [];
	#length = 0;
	#isInText = false;
	#isEscaped = false;
	/** What stands between two values, brackets above all. */
	#gap = 0;
	/** Passing over what is no value, up to the end of its line. */
	#isLost = false;
	/** Nothing good came since the last loss: its remains are not reported line by line. */
	#isReported = false;

	*push(chunk: Buffer): Iterable<JsonText> {
		let start = 0;
		for (let at = 0; at < chunk.length; at++) {
			if (this.#isLost) {
				const end = chunk.indexOf(newline, at);
				if (end === -1) return;
				this.#isLost = false;
				at = end;
			}
			const byte = chunk[at];
			if (byte === newline) this.#line++;
			if (this.#depth === 0) {
				if (betweenValues.has(byte) && this.#gap++ < maxValueBytes) continue;
				this.#begunOn = this.#line;
				start = at;
				const isReported = this.#isReported;
				if (byte === openBrace) {
					this.#depth = 1;
					continue;
				}
				const lost = this.#lose("not JSON: neither an object nor a list of objects");
				if (!isReported) yield lost;
			} else if (this.#isInText && byte === newline) {
				// The line has ended already: nothing has to be passed over.
				yield this.#lose(unclosed);
				this.#isLost = false;
			} else if (this.#closes(byte)) {
				this.#keep(chunk.subarray(start, at + 1));
				const text = Buffer.concat(this.#pieces).toString("utf8");
				this.#forget();
				this.#isReported = false;
				yield { line: this.#begunOn, text };
			} else if (this.#length + at - start >= maxValueBytes) {
				yield this.#lose(`longer than ${maxValueBytes / 1024 / 1024} MiB`);
			}
		}
		if (this.#depth > 0) this.#keep(chunk.subarray(start));
	}

	*end(): Iterable<JsonText> {
		if (this.#depth > 0) yield { line: this.#begunOn, spoilt: unclosed };
	}

	/** Takes one byte of a value; true where it is the last. */
	#closes(byte: number | undefined): boolean {
		if (this.#isInText) {
			if (this.#isEscaped) this.#isEscaped = false;
			else if (byte === backslash) this.#isEscaped = true;
			else if (byte === quote) this.#isInText = false;
		} else if (byte === quote) this.#isInText = true;
		else if (byte === openBrace || byte === openBracket) this.#depth++;
		else if (byte === closeBrace || byte === closeBracket) this.#depth--;
		return this.#depth === 0;
	}

	#keep(piece: Buffer): void {
		this.#pieces.push(piece);
		this.#length += piece.length;
	}

	#lose(spoilt: string): JsonText {
		this.#forget();
		this.#isLost = true;
		this.#isReported = true;
		return { line: this.#begunOn, spoilt };
	}

	#forget(): void {
		this.#gap = 0;
		this.#depth = 0;
		this.#pieces = [];
		this.#length = 0;
		this.#isInText = false;
		this.#isEscaped = false;
	}
}

const newline = 0x0a;
const [quote, backslash, openBracket, closeBracket, openBrace, closeBrace] = Buffer.from('"\\[]{}');

/** White space, commas, the brackets of an array at the top, and a byte order mark. */
const betweenValues: ReadonlySet<number | undefined> = new Set(Buffer.from(" \t\r\n,[]\ufeff"));
