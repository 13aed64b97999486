import { createReadStream } from "node:fs";
import { glob, open, stat } from "node:fs/promises";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { codeOf, TelemetryError, UsageError } from "@tidemark/db";

const chunkBytes = 16 * 1024;

/**
 * The files that paths and globs name, each once, in the order given; `-` is standard input. What is there under the
 * very name is no glob: a shell may have put it in place of one.
 * @throws UsageError for a path that does not exist or is a directory; a glob may match nothing
 */
export async function resolvePaths(patterns: readonly string[]): Promise<string[]> {
	const found: string[] = [];
	for (const pattern of patterns) {
		const isGlob = /[*?[{]/.test(pattern) && (await isFolder(pattern)) === undefined;
		if (isGlob) found.push(...(await filesOf(pattern)));
		else found.push(await existing(pattern));
	}
	return [...new Set(found)];
}

async function filesOf(pattern: string): Promise<string[]> {
	const files: string[] = [];
	for await (const path of glob(pattern)) if ((await isFolder(path)) === false) files.push(path);
	return files.sort();
}

/** Undefined where there is nothing. */
async function isFolder(path: string): Promise<boolean | undefined> {
	return stat(path).then(
		(found) => found.isDirectory(),
		() => undefined,
	);
}

async function existing(path: string): Promise<string> {
	if (path === "-") return path;
	try {
		if (!(await stat(path)).isDirectory()) return path;
	} catch (cause) {
		throw new UsageError(`There is no file ${path}${codeOf(cause) === "EACCES" ? " that may be read" : ""}.`, {
			fix: "Correct the path; it is taken from the folder you are in.",
			cause,
		});
	}
	throw new UsageError(`${path} is a folder.`, { fix: `Name its files, for example "${path}/*.csv".` });
}

/** True where the file begins with gzip's magic bytes (RFC 1952). */
export async function isGzip(path: string): Promise<boolean> {
	const [first, second] = await readSlice(path, 0, 2);
	return first === 0x1f && second === 0x8b;
}

/** Bytes of a file from a position; fewer where it ends. */
export async function readSlice(path: string, position: number, length: number): Promise<Buffer> {
	await using file = await open(path);
	const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
	return buffer.subarray(0, bytesRead);
}

/** The content of a file from a byte offset on; of a gzip file its decompressed content. `-` reads standard input. */
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
			throw codeOf(cause)?.startsWith("Z_") ? damaged(path, cause) : cause;
		}
	} else {
		yield* createReadStream(path, { start: offset, highWaterMark: chunkBytes });
	}
}

function damaged(path: string, cause: unknown): TelemetryError {
	return new TelemetryError(`${path} is cut off or damaged: ${cause instanceof Error ? cause.message : cause}.`, {
		why: "What it holds up to there is read.",
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
