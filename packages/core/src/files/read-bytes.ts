import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { readErrorCode, TelemetryError } from "@tidemark/db";

const chunkBytes = 16 * 1024;

/** True if the file begins with gzip's magic bytes (RFC 1952). */
export async function isGzip(path: string): Promise<boolean> {
	const [first, second] = await readSlice(path, 0, 2);
	return first === 0x1f && second === 0x8b;
}

/** Bytes of a file from a position; fewer if the file ends. */
export async function readSlice(path: string, position: number, length: number): Promise<Buffer> {
	await using file = await open(path);
	const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
	return buffer.subarray(0, bytesRead);
}

/** The content of a file from a byte offset on, decompressed if it is a gzip file. `-` reads standard input. */
export async function* readBytes(path: string, offset = 0): AsyncIterable<Buffer> {
	if (path === "-") {
		yield* process.stdin;
	} else if (await isGzip(path)) {
		const content = createGunzip({ chunkSize: chunkBytes });
		// An error of either stream is met by whoever reads `content`.
		pipeline(createReadStream(path), content, () => undefined);
		try {
			yield* skipBytes(content, offset);
		} catch (cause) {
			throw readErrorCode(cause)?.startsWith("Z_") ? describeDamage(path, cause) : cause;
		}
	} else {
		yield* createReadStream(path, { start: offset, highWaterMark: chunkBytes });
	}
}

function describeDamage(path: string, cause: unknown): TelemetryError {
	return new TelemetryError(`${path} is cut off or damaged: ${cause instanceof Error ? cause.message : cause}.`, {
		why: "Its content up to there is read.",
		fix: "Compress or copy it again, then ingest it again.",
		cause,
	});
}

async function* skipBytes(chunks: AsyncIterable<Buffer>, count: number): AsyncIterable<Buffer> {
	let left = count;
	for await (const chunk of chunks) {
		if (chunk.length > left) yield chunk.subarray(left);
		left = Math.max(0, left - chunk.length);
	}
}
