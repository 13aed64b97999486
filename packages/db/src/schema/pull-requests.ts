import { bigint, boolean, index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { rulesOf } from "./rules.ts";
import { instant, stamps } from "./stamps.ts";

/** One pull request as it was last seen. Repositories are told apart by id, because they are renamed. */
export const pullRequests = pgTable(
	"pull_requests",
	{
		repositoryId: bigint({ mode: "number" }).notNull(),
		number: integer().notNull(),
		repository: text().notNull(),
		title: text(),
		state: text(),
		draft: boolean(),
		merged: boolean(),
		author: text(),
		authorIsBot: boolean(),
		headRepository: text(),
		headBranch: text(),
		headSha: text(),
		baseBranch: text(),
		mergeCommitSha: text(),
		createdAt: instant().notNull(),
		updatedAt: instant().notNull(),
		closedAt: instant(),
		mergedAt: instant(),
		/** `closedAt`, or `updatedAt` while it is open. */
		lastActiveAt: instant().notNull(),
		firstCommitAt: instant(),
		reopenedCount: integer(),
		commitCount: integer(),
		additions: integer(),
		deletions: integer(),
		changedFiles: integer(),
		htmlUrl: text(),
		...stamps(),
	},
	(table) => [
		primaryKey({ name: "pull_requests_identity", columns: [table.repositoryId, table.number] }),
		index("pull_requests_by_last_active_at").on(table.lastActiveAt),
		index("pull_requests_by_head_sha").on(table.repositoryId, table.headSha),
	],
);

export const pullRequestRules = rulesOf(pullRequests, {
	time: "lastActiveAt",
	// A list does not say them; where only the list could be read, what was known stays.
	keep: ["firstCommitAt", "reopenedCount", "commitCount", "additions", "deletions", "changedFiles"],
	newer: "updatedAt",
});
