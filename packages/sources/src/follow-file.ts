import { type FileHandle, open, stat } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { hashIdentity } from "@tidemark/calls";
import { type Context, type Item, isGzip, type NamedOrOpen, type Page, readSlice } from "@tidemark/core";
import { z } from "zod";

const stamp = z.object({ size: z.number(), modifiedMs: z.number() });

/** How a file looked when it was last touched. */
type FileStamp = z.infer<typeof stamp>;

/** How far a file was read, and how to recognise it: the beginning of every cursor of a file. */
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

/** Up to where everything of a file was read for good: a byte of its content, and the lines before it. */
export interface Place {
	readonly offset: number;
	readonly lines: number;
}

/** Some items of a file, with what the cursor keeps beside the place. */
export interface FilePage<State> {
	readonly items: readonly Item[];
	/** Undefined as long as there is no place to go on from. */
	readonly place: Place | undefined;
	readonly state: State;
	/** The file is one document: reading cannot go on inside it. */
	readonly isDocument?: boolean;
}

/**
 * Reads a file on from where the cursor left off: an unchanged one not at all, a grown one from the cursor, any other
 * from its beginning. Standard input (`-`) and pipes have no cursors. It is opened once: another file that takes its name under way
 * is read by the next run, from its beginning.
 *
 * @param readPages is given the cursor to go on from, if there is one, and the file
 */
export async function* followFile<State extends object>(
	path: string,
	stored: (FileCursor & State) | undefined,
	{ report, signal }: Pick<Context<unknown>, "report" | "signal">,
	readPages: (from: (FileCursor & State) | undefined, file: NamedOrOpen) => AsyncIterable<FilePage<State>>,
): AsyncIterable<Page<FileCursor & State>> {
	if (path === "-" || !(await stat(path)).isFile()) {
		for await (const { items } of readPages(undefined, path)) yield { items };
		return;
	}
	await using file = await open(path);
	const now = await waitForRest(file, signal);
	const change = stored && (await compare(stored, file, now));
	if (change === "same") return;
	if (change === "other") report.info(`${path} was replaced or edited: reading it from the beginning.`);
	// Which byte of a compressed file an offset of its content is, nothing says. It cannot grow.
	const isCompressed = await isGzip(file);
	const beginning = await readSlice(file, 0, Math.min(now.size, headBytes));
	let last: FilePage<State> | undefined;
	for await (const page of readPages(change === "grown" ? stored : undefined, file)) {
		last = page;
		const cursor = page.isDocument ? undefined : await cursorAt(page);
		yield { items: page.items, ...(cursor && { cursor }) };
	}
	const end = last && (await cursorAt(last));
	if (end) yield { items: [], cursor: { ...end, ended: now } };
	if (end?.fingerprint === replaced)
		report.info(`${path} was replaced while it was read: the next run reads the new one.`);

	async function cursorAt({ place, state, isDocument }: FilePage<State>): Promise<(FileCursor & State) | undefined> {
		if (!place) return undefined;
		const position = isDocument || isCompressed ? now.size : place.offset;
		const isSame = await isUnchanged(path, file, beginning, position);
		return { ...place, position, fingerprint: isSame ? await fingerprint(file, position) : replaced, ...state };
	}
}

/** In place of a fingerprint: no file has it. */
const replaced = "replaced";

/** True while the file still has its name, and was not written anew under it. */
async function isUnchanged(path: string, file: FileHandle, beginning: Buffer, position: number): Promise<boolean> {
	const [opened, named] = await Promise.all([file.stat(), stat(path).catch(() => undefined)]);
	if (named === undefined || named.dev !== opened.dev || named.ino !== opened.ino) return false;
	return opened.size >= position && beginning.equals(await readSlice(file, 0, beginning.length));
}

/** A file that was written to less than this ago, and ends within a line, is given the time to complete it. */
const restMs = 2000;

async function waitForRest(file: FileHandle, signal: AbortSignal): Promise<FileStamp> {
	const { size, mtimeMs } = await file.stat();
	const untilRest = mtimeMs + restMs - Date.now();
	const [lastByte] = await readSlice(file, size - 1, size > 0 ? 1 : 0);
	const isComplete = size === 0 || lastByte === newline || (await isGzip(file));
	if (isComplete || untilRest <= 0 || untilRest > restMs || signal.aborted) return { size, modifiedMs: mtimeMs };
	await sleep(untilRest, undefined, { signal }).catch(() => undefined);
	return waitForRest(file, signal);
}

const newline = 0x0a;

const headBytes = 4096;

/** What a file that only grows keeps: its beginning, and what stands before the position up to which it was read. */
async function fingerprint(file: FileHandle, position: number): Promise<string> {
	const head = await readSlice(file, 0, Math.min(position, headBytes));
	const tail = await readSlice(file, Math.max(0, position - 256), Math.min(position, 256));
	return hashIdentity(Buffer.concat([head, tail]));
}

/** `same`: nothing happened. `grown`: go on from the cursor. `other`: truncated, replaced or edited, begin anew. */
async function compare(cursor: FileCursor, file: FileHandle, now: FileStamp): Promise<"same" | "grown" | "other"> {
	const { ended, position } = cursor;
	if (cursor.fingerprint === replaced) return "other";
	if (ended?.size === now.size) return ended.modifiedMs === now.modifiedMs ? "same" : "other";
	if (now.size < position || (await fingerprint(file, position)) !== cursor.fingerprint) return "other";
	return "grown";
}
