import { bigint, index, pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "./stamps.ts";

const count = () => bigint({ mode: "number" }).notNull();

/** One run of one source over one target. `outcome` is null while it runs, and stays null if it was killed. */
export const ingestions = pgTable(
	"ingestions",
	{
		id: text().primaryKey(),
		source: text().notNull(),
		target: text().notNull(),
		startedAt: instant().notNull(),
		finishedAt: instant(),
		outcome: text(),
		message: text(),
		read: count(),
		inserted: count(),
		updated: count(),
		unchanged: count(),
		expired: count(),
		skipped: count(),
		rejected: count(),
	},
	(table) => [index("ingestions_by_started_at").on(table.startedAt)],
);
