import { createReadStream } from "node:fs";
import { type FileHandle, open, stat } from "node:fs/promises";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { readErrorCode, TelemetryError } from "@tidemark/db";

/** A file by its name, or one that is open already: whoever reads it several times must not meet another one of its name. */
export type NamedOrOpen = string | FileHandle;

/** While a step is taken apart, an answer of the database waits; smaller steps are slow on a line of a gigabyte. */
const chunkBytes = 32 * 1024;

/** In small steps, so that what grows too much is known before much of it is taken. */
const compressedChunkBytes = 16 * 1024;

/** Logs shrink to a tenth or a thirtieth, the most repetitive ones to a hundredth; deflate ends at a thousandth. */
const plausibleRatio = 200;

/** A small file may decompress to this much, whatever the ratio. */
const harmlessBytes = 2 * 1024 * 1024;

/** True if the file begins with gzip's magic bytes (RFC 1952). */
export async function isGzip(file: NamedOrOpen): Promise<boolean> {
	const [first, second] = await readSlice(file, 0, 2);
	return first === 0x1f && second === 0x8b;
}

/** Bytes of a file from a position; fewer if the file ends. */
export async function readSlice(file: NamedOrOpen, position: number, length: number): Promise<Buffer> {
	if (typeof file === "string") {
		await using opened = await open(file);
		return await readSlice(opened, position, length);
	}
	const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
	return buffer.subarray(0, bytesRead);
}

/**
 * The content of a file from a byte offset on, decompressed if it is a gzip file. `-` reads standard input, and a pipe is read as it comes.
 * @param label what errors call it
 * @throws TelemetryError if a compressed file is damaged, or grows as no log does: a few KB may hold gigabytes
 */
export async function* readBytes(
	file: NamedOrOpen,
	offset = 0,
	label = typeof file === "string" ? file : "The file",
): AsyncIterable<Buffer> {
	if (file === "-") {
		yield* process.stdin;
	} else if (typeof file !== "string") {
		yield* (await isGzip(file)) ? readCompressed(file, offset, label) : readFrom(file, offset, chunkBytes);
	} else if ((await stat(file)).isFile()) {
		await using opened = await open(file);
		yield* readBytes(opened, offset, label);
	} else {
		// A pipe has no positions, and what is read of it is gone.
		yield* createReadStream(file, { highWaterMark: chunkBytes });
	}
}

/** Not by a stream, which would close the file when it ends early; here it is still needed. */
async function* readFrom(file: FileHandle, start: number, stepBytes: number): AsyncIterable<Buffer> {
	for (let position = start; ; ) {
		const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(stepBytes), 0, stepBytes, position);
		if (bytesRead === 0) return;
		position += bytesRead;
		yield buffer.subarray(0, bytesRead);
	}
}

async function* readCompressed(file: FileHandle, offset: number, label: string): AsyncIterable<Buffer> {
	const content = createGunzip({ chunkSize: chunkBytes });
	// An error of either stream is met by whoever reads `content`.
	pipeline(readFrom(file, 0, compressedChunkBytes), content, () => undefined);
	let length = 0;
	try {
		for await (const chunk of content) {
			const before = length;
			length += chunk.length;
			if (length > harmlessBytes && length > content.bytesWritten * plausibleRatio) {
				throw new TelemetryError(`${label} holds more than ${plausibleRatio} times its own size, which no log does.`, {
					why: "Such a file is made to fill disk and memory. What it holds up to there is read.",
					fix: "Remove it; if it is what you want, decompress it and ingest that.",
				});
			}
			if (length > offset) yield chunk.subarray(Math.max(0, offset - before));
		}
	} catch (cause) {
		if (!(cause instanceof Error) || !readErrorCode(cause)?.startsWith("Z_")) throw cause;
		throw new TelemetryError(`${label} is cut off or damaged: ${cause.message}.`, {
			why: "Its content up to there is read.",
			fix: "Compress or copy it again, then ingest it again.",
			cause,
		});
	}
}
