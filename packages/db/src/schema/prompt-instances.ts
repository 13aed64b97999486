import { jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { rulesOf } from "./rules.ts";
import { instant, stamps } from "./stamps.ts";

/** One prompt that a gateway logged. Its text is stored only where a setting asks for it. */
export const promptInstances = pgTable(
	"prompt_instances",
	{
		createdAt: instant().notNull(),
		source: text().notNull(),
		promptId: text().notNull(),
		originalText: text(),
		metadata: jsonb(),
		...stamps(),
	},
	(table) => [
		// Led by the time, which never moves: what is new comes to the end of the index, and `prune` finds what is old.
		primaryKey({ name: "prompt_instances_identity", columns: [table.createdAt, table.source, table.promptId] }),
	],
);

export const promptInstanceRules = rulesOf(promptInstances, { time: "createdAt" });
