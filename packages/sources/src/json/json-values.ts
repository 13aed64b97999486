/** One value as text, or why there is none. */
export interface JsonText {
	readonly line: number;
	readonly text?: string;
	readonly spoilt?: string;
}

/** Longer values are passed over, so that a file cannot fill the memory. */
export const maxValueBytes = 16 * 1024 * 1024;

export const tooLong = `longer than ${maxValueBytes / 1024 / 1024} MiB`;
const unclosed = "not JSON: what begins here is never closed";
const foreign = "not JSON: neither an object nor a list of objects";

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
	if (splitter.value) yield { line: splitter.value.line, spoilt: unclosed };
}

class Splitter {
	/** The one that is being read. */
	value: Value | undefined;
	#line = 1;
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
			const { value } = this;
			if (!value) {
				if (betweenValues.has(byte) && this.#gap++ < maxValueBytes) continue;
				this.#gap = 0;
				start = at;
				if (byte === openBrace) this.value = new Value(this.#line);
				else if (!this.#isReported) yield this.#lose({ line: this.#line, spoilt: foreign });
				else this.#isLost = true;
			} else if (value.isInText && byte === newline) {
				yield this.#lose({ line: value.line, spoilt: unclosed });
				// The line has ended already: nothing has to be passed over.
				this.#isLost = false;
			} else if (value.closes(byte)) {
				value.keep(chunk.subarray(start, at + 1));
				this.value = undefined;
				this.#isReported = false;
				yield { line: value.line, text: Buffer.concat(value.pieces).toString("utf8") };
			} else if (value.length + at - start >= maxValueBytes) {
				yield this.#lose({ line: value.line, spoilt: tooLong });
			}
		}
		this.value?.keep(chunk.subarray(start));
	}

	#lose(lost: JsonText): JsonText {
		this.value = undefined;
		this.#isLost = true;
		this.#isReported = true;
		return lost;
	}
}

/** A value in the pieces that came so far; its first byte is an opening brace. */
class Value {
	readonly line: number;
	readonly pieces: Buffer[] = [];
	length = 0;
	isInText = false;
	#depth = 1;
	#isEscaped = false;

	constructor(line: number) {
		this.line = line;
	}

	keep(piece: Buffer): void {
		this.pieces.push(piece);
		this.length += piece.length;
	}

	/** Takes one byte; true if it is the last. */
	closes(byte: number | undefined): boolean {
		if (this.isInText) {
			if (this.#isEscaped) this.#isEscaped = false;
			else if (byte === backslash) this.#isEscaped = true;
			else if (byte === quote) this.isInText = false;
		} else if (byte === quote) this.isInText = true;
		else if (byte === openBrace || byte === openBracket) this.#depth++;
		else if (byte === closeBrace || byte === closeBracket) this.#depth--;
		return this.#depth === 0;
	}
}

const newline = 0x0a;
const [quote, backslash, openBracket, closeBracket, openBrace, closeBrace] = Buffer.from('"\\[]{}');

/** White space, commas, the brackets of an array at the top, and a byte order mark. */
const betweenValues: ReadonlySet<number | undefined> = new Set(Buffer.from(" \t\r\n,[]\ufeff"));
