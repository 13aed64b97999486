/** `lines`: one value on each line. `document`: values that run over lines, such as an array of them or indented ones. */
export type JsonLayout = "lines" | "document";

const peekedBytes = 64 * 1024;

/**
 * Decides by the first line how a file is laid out, and hands over its content whole.
 *
 * Only a beginning that no line of a log has makes it a document; a first line that is merely broken costs only itself.
 */
export async function peekLayout(
	chunks: AsyncIterable<Buffer>,
): Promise<{ layout: JsonLayout; content: AsyncIterable<Buffer> }> {
	const iterator = chunks[Symbol.asyncIterator]();
	let head = Buffer.alloc(0);
	let isEnd = false;
	while (!isEnd && head.length < peekedBytes && !hasLine(head)) {
		const { value, done } = await iterator.next();
		isEnd = done === true;
		if (!done) head = Buffer.concat([head, value]);
	}
	return { layout: findLayout(head), content: replay(head, iterator) };
}

async function* replay(head: Buffer, iterator: AsyncIterator<Buffer>): AsyncIterable<Buffer> {
	try {
		if (head.length > 0) yield head;
		yield* { [Symbol.asyncIterator]: () => iterator };
	} finally {
		await iterator.return?.();
	}
}

function hasLine(head: Buffer): boolean {
	return readText(head).includes("\n");
}

function findLayout(head: Buffer): JsonLayout {
	const [line = "", rest] = readText(head).split(/\n(.*)/s);
	const text = line.trim();
	if (/^(\[|\{|\[\s*\{)$/.test(text)) return "document";
	// An element on each line, or an array of so many elements that its line has no end in sight.
	const isOpen = text.endsWith(",") || (rest === undefined && head.length >= peekedBytes);
	return text.startsWith("[") && isOpen ? "document" : "lines";
}

/** Without a byte order mark, which is white space for JavaScript. */
function readText(head: Buffer): string {
	return head.toString("utf8").trimStart();
}
