import type { WorkItem, WorkListName } from "@tidemark/db";
import type { z } from "zod";
import type { Item, Kind } from "./kind.ts";

/**
 * A kind that is fetched: a few shapes and three functions. Everything between them - validation, dead letters,
 * retention, upserts, checkpoints, leases, progress, cancellation - is written once for all sources.
 */
export interface Source<Config, Cursor, Entry> extends Kind<Entry> {
	/** What it looked for in vain, and how to switch it on. */
	readonly idle: string;
	/** Every field declared by `setting(…)`. */
	readonly config: z.ZodObject & z.ZodType<Config>;
	/** Small plain JSON. A stored cursor that no longer fits is dropped, and the target is read again. */
	readonly cursor: z.ZodType<Cursor>;
	/** How far back a first run reaches without --since, in milliseconds; by default as far as the retention. */
	readonly reachMs?: number;
	/** What one checkpoint covers each: a repository, a file, a project. Globs are resolved here. */
	targets(context: Context<Config>): AsyncIterable<Target>;
	/** Talks to the world and knows no tables. Starts after `from`, or from the beginning. */
	read(target: Target, from: Cursor | undefined, context: Context<Config>): AsyncIterable<Page<Cursor>>;
}

export interface Target {
	readonly name: string;
}

/** What is committed together. Without a cursor the checkpoint stays where it is (standard input, work-lists). */
export interface Page<Cursor> {
	readonly items: readonly Item[];
	readonly cursor?: Cursor;
}

/** What a source reads the world with. */
export interface Context<Config> {
	readonly config: Config;
	/** Nothing older is wanted: reach no further back. Canonical text; null wants everything. */
	readonly floor: string | null;
	/** Aborted on Ctrl-C and when the time is used up: end after the page in flight. */
	readonly signal: AbortSignal;
	readonly report: Pick<Reporter, "info" | "warn">;
	/** The same for all sources of one invocation. What they share, such as one request budget for each token, hangs on it (a WeakMap). */
	readonly invocation: object;
	/** Work that follows from what is stored, newest first: it reads tables, so that no cursor has to hold it. */
	workList<Name extends WorkListName>(name: Name, repositoryId: number): AsyncIterable<WorkItem<Name>>;
}

/** How a person follows an ingestion. */
export interface Reporter {
	/** Something worth knowing that needs no action. */
	info(text: string): void;
	/** Something is wrong, and the run goes on. */
	warn(text: string): void;
	/** Called after each page, with the entries read so far. */
	progress(sign: { source: string; target: string; read: number; elapsedMs: number }): void;
}

/** Thrown by `read` when it cannot go on for now, as when a request budget is used up: what is committed stays, the next run goes on. */
export class EndedEarly extends Error {
	override readonly name = "EndedEarly";
}
