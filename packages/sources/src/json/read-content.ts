import { createReadStream } from "node:fs";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { isGzip, readBytes } from "@tidemark/core";
import { readErrorCode, TelemetryError } from "@tidemark/db";

/** Logs shrink to a tenth or a thirtieth, the most repetitive ones to a hundredth; deflate ends at a thousandth. */
const plausibleRatio = 200;

/** So much may come of nearly nothing. */
const harmlessBytes = 2 * 1024 * 1024;

/** In small steps, so that what grows too much is known before much of it is taken. */
const compressedChunkBytes = 16 * 1024;

/**
 * The content of a file from a byte offset on, decompressed where it is gzip; `-` reads standard input.
 * @throws TelemetryError where a compressed file is damaged, or grows as no log does: a few KB may hold gigabytes
 */
export async function* readContent(path: string, offset = 0): AsyncIterable<Buffer> {
	if (path === "-") yield* readBytes(path);
	else if (await isGzip(path)) yield* decompressed(path, offset);
	else yield* createReadStream(path, { start: offset, highWaterMark: chunkBytes });
}

/** A line of a gigabyte is passed over in large steps. */
const chunkBytes = 128 * 1024;

async function* decompressed(path: string, offset: number): AsyncIterable<Buffer> {
	const content = createGunzip({ chunkSize: chunkBytes });
	// An error of either stream is met by whoever reads `content`.
	pipeline(createReadStream(path, { highWaterMark: compressedChunkBytes }), content, () => undefined);
	let length = 0;
	try {
		for await (const chunk of content) {
			const before = length;
			length += chunk.length;
			if (length > harmlessBytes && length > content.bytesWritten * plausibleRatio) throw bomb(path);
			if (length > offset) yield chunk.subarray(Math.max(0, offset - before));
		}
	} catch (cause) {
		throw readErrorCode(cause)?.startsWith("Z_") ? damaged(path, cause) : cause;
	}
}

function damaged(path: string, cause: unknown): TelemetryError {
	return new TelemetryError(`${path} is cut off or damaged: ${cause instanceof Error ? cause.message : cause}.`, {
		why: "What it holds up to there is read.",
		fix: "Compress or copy it again, then ingest it again.",
		cause,
	});
}

function bomb(path: string): TelemetryError {
	return new TelemetryError(`${path} holds more than ${plausibleRatio} times its own size, which no log does.`, {
		why: "Such a file is made to fill disk and memory. What it holds up to there is read.",
		fix: "Remove it; if it is what you want, decompress it and ingest that.",
	});
}
