import { bigint, index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { rulesOf } from "./rules.ts";
import { instant, stamps } from "./stamps.ts";

/** One commit that the default branch reached when it was last looked at. */
export const commits = pgTable(
	"commits",
	{
		repositoryId: bigint({ mode: "number" }).notNull(),
		sha: text().notNull(),
		repository: text().notNull(),
		title: text(),
		author: text(),
		authorName: text(),
		authoredAt: instant(),
		committer: text(),
		committedAt: instant().notNull(),
		parentCount: integer(),
		htmlUrl: text(),
		...stamps(),
	},
	(table) => [
		primaryKey({ name: "commits_identity", columns: [table.repositoryId, table.sha] }),
		index("commits_by_committed_at").on(table.committedAt),
	],
);

export const commitRules = rulesOf(commits, { time: "committedAt" });
