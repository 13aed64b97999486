import { index, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
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
		primaryKey({ name: "prompt_instances_identity", columns: [table.source, table.promptId] }),
		index("prompt_instances_by_created_at").on(table.createdAt),
	],
);

export const promptInstanceRules = rulesOf(promptInstances, { time: "createdAt" });
