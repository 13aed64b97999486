import { hash } from "node:crypto";
import { stat } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { isGzip, readSlice } from "@tidemark/core";
import { z } from "zod";

const stamp = z.object({ size: z.number(), modifiedMs: z.number() });

/** How a file looked when it was last touched. */
export type FileStamp = z.infer<typeof stamp>;

/** How far a file was read, and how to know it again: what the cursor of every source of files begins with. */
export const fileCursor = z.object({
	/** Where the next record begins: a byte of the content, and the lines before it. */
	offset: z.number(),
	lines: z.number(),
	/** A hash of the file's first 4 KB and of the 256 bytes before `position`, a byte of the file itself. */
	fingerprint: z.string(),
	position: z.number(),
	/** Set when the file was read to its end. */
	ended: stamp.optional(),
});

export type FileCursor = z.infer<typeof fileCursor>;

/** A file that was written to less than this ago, and ends within a line, is given the time to complete it. */
const restMs = 2000;

export async function restingStamp(path: string, signal: AbortSignal): Promise<FileStamp> {
	const { size, mtimeMs } = await stat(path);
	const untilRest = mtimeMs + restMs - Date.now();
	const [lastByte] = await readSlice(path, size - 1, size > 0 ? 1 : 0);
	const isComplete = size === 0 || lastByte === newline || (await isGzip(path));
	if (isComplete || untilRest <= 0 || untilRest > restMs || signal.aborted) return { size, modifiedMs: mtimeMs };
	await sleep(untilRest, undefined, { signal }).catch(() => undefined);
	return restingStamp(path, signal);
}

const newline = 0x0a;

/** What a file that only grows keeps: its beginning, and what stands before the position up to which it was read. */
export async function fingerprintOf(path: string, position: number): Promise<string> {
	const head = await readSlice(path, 0, Math.min(position, 4096));
	const tail = await readSlice(path, Math.max(0, position - 256), Math.min(position, 256));
	return hash("sha256", Buffer.concat([head, tail]), "base64url").slice(0, 22);
}

/** `same`: nothing happened. `grown`: go on from the cursor. `other`: truncated, replaced or edited, begin anew. */
export async function changeSince(
	cursor: FileCursor,
	path: string,
	now: FileStamp,
): Promise<"same" | "grown" | "other"> {
	const { ended, position, fingerprint } = cursor;
	if (ended?.size === now.size) return ended.modifiedMs === now.modifiedMs ? "same" : "other";
	if (now.size < position || (await fingerprintOf(path, position)) !== fingerprint) return "other";
	return "grown";
}
