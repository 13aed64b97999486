import { index } from "drizzle-orm/pg-core";
import { bigint, boolean, factTable, instant, integer, text } from "./define.ts";

export const pullRequests = factTable(
	"pull_requests",
	"One pull request as it was last seen, from the source `github:pulls`.",
	{
		repositoryId: bigint("GitHub's id of the repository, which stays when the repository is renamed.").notNull(),
		number: integer("Counts pull requests and issues of the repository.").notNull(),
		repository: text("`owner/name`, as it was called when the row was written.").notNull(),
		title: text("Its title."),
		state: text("`open` or `closed`."),
		draft: boolean("True while it is not ready for review."),
		merged: boolean("True if it was merged."),
		author: text("Login; null if the account is gone."),
		authorIsBot: boolean("True if an app or bot opened it."),
		headRepository: text("`owner/name` of the repository with its branch; null if the fork is gone."),
		headBranch: text("The branch to be merged."),
		headSha: text("The newest commit of that branch."),
		baseBranch: text("The branch it is merged into."),
		mergeCommitSha: text("The commit it was merged as; null unless it is merged."),
		createdAt: instant("When it was opened.").notNull(),
		updatedAt: instant("When anything about it last changed.").notNull(),
		closedAt: instant("When it was last closed; null while it is open."),
		mergedAt: instant("When it was merged."),
		lastActiveAt: instant("`closed_at`, or `updated_at` while it is open: the time by which it is pruned.").notNull(),
		firstCommitAt: instant("When its first commit was authored."),
		reopenedCount: integer("How often it was opened again after being closed."),
		commitCount: integer("Commits in it."),
		additions: integer("Lines added."),
		deletions: integer("Lines removed."),
		changedFiles: integer("Files changed."),
		htmlUrl: text("Its page."),
	},
	{
		key: ["repositoryId", "number"],
		time: "lastActiveAt",
		// A list does not say them; when only the list could be read, what was known stays.
		keep: ["firstCommitAt", "reopenedCount", "commitCount", "additions", "deletions", "changedFiles"],
		newer: "updatedAt",
	},
	({ repositoryId, headSha }) => [index("pull_requests_by_head_sha").on(repositoryId, headSha)],
);
