import type { Rows } from "@tidemark/db";
import type { z } from "zod";
import type { Context } from "./context.ts";

/**
 * A place that entries come from: a few shapes and three functions. Everything between them - validation, dead letters,
 * retention, upserts, checkpoints, locks, progress, cancellation - is `ingest`, once for all sources.
 */
export interface Source<Config, Cursor, Entry> {
	/** `csv`, `github:runs`: the CLI's argument, and the key of its checkpoints. */
	readonly name: string;
	/** Said where it has nothing to do: what was looked for, and how to switch it on. */
	readonly idle: string;
	/** Every field declared by `setting(…)`. */
	readonly config: z.ZodObject & z.ZodType<Config>;
	/** Small plain JSON; a stored one that no longer fits is dropped with a warning, and the target read again. */
	readonly cursor: z.ZodType<Cursor>;
	/** A zod schema, or a hand-written parser where speed counts. */
	readonly entry: Parser<Entry>;
	/** How far back it reaches where nobody says since when, in milliseconds; without one, as far as the retention. */
	readonly reachMs?: number;
	/** One thing may come several times with moving event times, as a streamed call does: it stays at its first. */
	readonly keepsTimes?: boolean;
	/** What one checkpoint covers each: a repository, a file, a project. Globs are resolved here. */
	targets(context: Context<Config>): AsyncIterable<Target>;
	/** Talks to the world and knows no tables. Starts after `from`, or from the beginning. */
	read(target: Target, from: Cursor | undefined, context: Context<Config>): AsyncIterable<Page<Cursor>>;
	/** Knows the tables and never talks to the world; pure. */
	rows(entry: Entry): Rows;
}

export interface Parser<Entry> {
	/** @throws Error with a reason that a person can read */
	parse(value: unknown): Entry;
}

export interface Target {
	readonly name: string;
}

/** What is committed together. Without a cursor the checkpoint stays where it is (standard input, work-lists). */
export interface Page<Cursor> {
	readonly items: readonly Item[];
	readonly cursor?: Cursor;
}

/** `at` tells a person where it stands: file and line, page and index. `spoilt` says why it is no entry at all. */
export type Item =
	| {
			readonly at: string;
			readonly entry: unknown;
			/** What names its content whatever the settings made of it; the entry itself where there is none. */
			readonly key?: string;
	  }
	| { readonly at: string; readonly text?: string; readonly spoilt: string };
