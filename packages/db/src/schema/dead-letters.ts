import { boolean, index, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "./stamps.ts";

/** An entry that could not become rows, with the reason. `id` is a hash of source, target, location and content. */
export const deadLetters = pgTable(
	"dead_letters",
	{
		id: text().primaryKey(),
		source: text().notNull(),
		target: text().notNull(),
		at: text().notNull(),
		reason: text().notNull(),
		entry: jsonb(),
		text: text(),
		retryable: boolean().notNull(),
		createdAt: instant().notNull(),
	},
	(table) => [
		index("dead_letters_by_source_target").on(table.source, table.target),
		index("dead_letters_by_created_at").on(table.createdAt),
	],
);
