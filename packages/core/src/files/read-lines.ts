/** One line without its end. `end` is the offset after its line end, from where reading can go on. */
export interface Line {
	/** Undefined if it was longer than the limit. */
	readonly text: string | undefined;
	/** Counted from 1. */
	readonly number: number;
	readonly end: number;
	/** False for a last line without a line end: somebody may still be writing it. */
	readonly isTerminated: boolean;
}

export interface LineOptions {
	/** Where `chunks` begin in the file, and how many lines came before. */
	readonly offset?: number;
	readonly linesBefore?: number;
	/** Longer lines are skipped, so that a file without line ends cannot fill the memory. */
	readonly maxBytes?: number;
}

const newline = 0x0a;

/** Splits bytes into lines: LF or CRLF, UTF-8 with or without a byte order mark, in memory one line at a time. */
export async function* readLines(chunks: AsyncIterable<Buffer>, options: LineOptions = {}): AsyncIterable<Line> {
	const { offset = 0, linesBefore = 0, maxBytes = 16 * 1024 * 1024 } = options;
	let [end, number] = [offset, linesBefore];
	let pieces: Buffer[] = [];
	let length = 0;
	const take = (isTerminated: boolean): Line => {
		const text = length > maxBytes ? undefined : decode(Buffer.concat(pieces), number === 0);
		end += length + (isTerminated ? 1 : 0);
		pieces = [];
		length = 0;
		return { text, number: ++number, end, isTerminated };
	};
	const add = (piece: Buffer) => {
		length += piece.length;
		if (length <= maxBytes) pieces.push(piece);
		else pieces = [];
	};
	for await (const chunk of chunks) {
		let start = 0;
		for (let at = chunk.indexOf(newline); at !== -1; at = chunk.indexOf(newline, start)) {
			add(chunk.subarray(start, at));
			yield take(true);
			start = at + 1;
		}
		if (start < chunk.length) add(chunk.subarray(start));
	}
	if (length > 0) yield take(false);
}

function decode(bytes: Buffer, isFirst: boolean): string {
	const text = bytes.toString("utf8");
	const from = isFirst && text.startsWith("\ufeff") ? 1 : 0;
	return text.slice(from, text.endsWith("\r") ? -1 : undefined);
}
