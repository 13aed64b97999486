import { boolean, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { instant } from "./stamps.ts";

/** How far a source has come with one target, and under which conditions that is true. */
export const checkpoints = pgTable(
	"checkpoints",
	{
		source: text().notNull(),
		target: text().notNull(),
		cursor: jsonb().notNull(),
		/** Nothing older was stored; null vouches for everything. */
		floor: instant(),
		/** A hash of the settings that shape rows. */
		shape: text().notNull(),
		/** A re-read under a new shape is under way: rows it meets may have to move in time. */
		reshaping: boolean().notNull(),
		updatedAt: instant().notNull(),
	},
	(table) => [primaryKey({ name: "checkpoints_identity", columns: [table.source, table.target] })],
);
