import type { Rows } from "@tidemark/db";

/** What an entry is and which rows it becomes. Pulled, pushed or retried, it goes through one door: `takeIn`. */
export interface Kind<Entry> {
	/** `csv`, `github:runs`: the key of its dead letters, and of a source's checkpoints. */
	readonly name: string;
	/** A zod schema, or a hand-written parser if speed counts. */
	readonly entry: Parser<Entry>;
	/** One thing may come several times with different event times, as a streamed call does: it keeps its first. */
	readonly keepsTimes?: boolean;
	/** Knows the tables and never talks to the world; pure. */
	rows(entry: Entry): Rows;
}

export interface Parser<Entry> {
	/** @throws Error with a reason that a person can read */
	parse(value: unknown): Entry;
}

/** `at` says where it stands: file and line, page and index. `spoilt` says why it is no entry at all. */
export type Item = EntryItem | { readonly at: string; readonly text?: string; readonly spoilt: string };

export interface EntryItem {
	readonly at: string;
	readonly entry: unknown;
	/** Names its content whatever the settings made of it; by default the entry itself does. */
	readonly key?: string;
	/** The id of the dead letter that is retried. */
	readonly deadLetter?: string;
}
