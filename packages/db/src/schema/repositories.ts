import { bigint, boolean, pgTable, text } from "drizzle-orm/pg-core";
import { rulesOf } from "./rules.ts";
import { instant, stamps } from "./stamps.ts";

/** One repository on GitHub, under its present name. It is no event, so it has no time and is never pruned. */
export const repositories = pgTable("repositories", {
	repositoryId: bigint({ mode: "number" }).primaryKey(),
	repository: text().notNull(),
	defaultBranch: text(),
	visibility: text(),
	archived: boolean(),
	sweptAt: instant(),
	...stamps(),
});

export const repositoryRules = rulesOf(repositories, { keep: ["sweptAt"] });
