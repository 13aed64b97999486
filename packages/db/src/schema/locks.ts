import { integer, pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "./stamps.ts";

/** A lease: who may write for a source and target, and until when by the database's clock. */
export const locks = pgTable("locks", {
	name: text().primaryKey(),
	holder: text().notNull(),
	host: text().notNull(),
	bootId: text().notNull(),
	pid: integer().notNull(),
	acquiredAt: instant().notNull(),
	expiresAt: instant().notNull(),
});
