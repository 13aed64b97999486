import { index, primaryKey } from "drizzle-orm/pg-core";
import { bigint, boolean, instant, integer, json, table, text } from "./define.ts";

// What ingestion keeps for itself.

export const checkpoints = table(
	"checkpoints",
	"How far a source has read one target, and under which conditions that holds. Written with each page that has a cursor.",
	{
		source: text("The source.").notNull(),
		target: text("The target: a file's path for `csv`, the API's host and the workspace for `portkey`.").notNull(),
		cursor: json("Where reading goes on; small JSON that only its source understands.").notNull(),
		floor: instant("Nothing older than this was stored; null if everything was."),
		shape: text("A hash of the settings that decide which rows an entry becomes.").notNull(),
		reshaping: boolean("True until a re-read under changed settings is finished: rows may move in time.").notNull(),
		updatedAt: instant("When it was written.").notNull(),
	},
	({ source, target }) => [primaryKey({ name: "checkpoints_identity", columns: [source, target] })],
);

export const deadLetters = table(
	"dead_letters",
	"One entry that could not become a row. Written with the page it stood on; pruned like a fact table, by `created_at`.",
	{
		id: text("A hash of source, target, place and content.").primaryKey(),
		source: text("The source.").notNull(),
		target: text("The target.").notNull(),
		at: text("Where it stands: file and line, page and index.").notNull(),
		reason: text("Why it was refused.").notNull(),
		entry: json("What the source read, ready to be parsed again."),
		text: text("The text as it stood, if it was not an entry at all or was too large (cut at 64 KiB)."),
		retryable: boolean("True if `entry` was kept, so that `dead-letters retry` can try it again.").notNull(),
		createdAt: instant("When it was first refused.").notNull(),
	},
	({ source, target, createdAt }) => [
		index("dead_letters_by_source_target").on(source, target),
		index("dead_letters_by_created_at").on(createdAt),
	],
);

export const ingestions = table(
	"ingestions",
	"One run of one source over one target, with what became of every entry. Written when it begins and when it ends; pruned by `started_at`.",
	{
		id: text("A random UUID.").primaryKey(),
		source: text("The source.").notNull(),
		target: text("The target.").notNull(),
		startedAt: instant("When it began.").notNull(),
		finishedAt: instant("When it ended; null while it runs, and for ever if it was killed."),
		outcome: text("`done`, `partial` (it ended early), `cancelled` (Ctrl-C) or `failed`; null as above."),
		message: text("Why it failed or ended early."),
		read: bigint("Entries read.").notNull(),
		inserted: bigint("New rows.").notNull(),
		updated: bigint("Rows that changed.").notNull(),
		unchanged: bigint("Rows that were stored already.").notNull(),
		expired: bigint("Rows older than the retention, not stored.").notNull(),
		skipped: bigint("Rows older than `--since`, not stored.").notNull(),
		rejected: bigint("Entries that became dead letters.").notNull(),
	},
	({ startedAt }) => [index("ingestions_by_started_at").on(startedAt)],
);

export const locks = table(
	"locks",
	"One lease: who may write for a source and target, and until when by the database's clock. Deleted when it is given back.",
	{
		name: text("Source and target.").primaryKey(),
		holder: text("A random UUID of the holder.").notNull(),
		host: text("The holder's machine.").notNull(),
		bootId: text("Changes with every boot of that machine; empty outside Linux.").notNull(),
		pid: integer("The holder's process id.").notNull(),
		acquiredAt: instant("When it was taken.").notNull(),
		expiresAt: instant("When it ends without a sign of life.").notNull(),
	},
);
