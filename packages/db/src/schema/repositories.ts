import { bigint, boolean, double, factTable, instant, integer, text } from "./define.ts";

export const repositories = factTable(
	"repositories",
	"One repository on GitHub under its present name, from the source `github:runs`. It is no event and is never pruned.",
	{
		repositoryId: bigint("GitHub's id of the repository; it survives renames and moves to another owner.").primaryKey(),
		repository: text("`owner/name`.").notNull(),
		defaultBranch: text("The branch that pull requests are merged into unless they name another."),
		visibility: text("`public`, `private` or `internal`. Standard runners cost nothing in public repositories."),
		archived: boolean("True when nothing can be pushed any more."),
		sweptAt: instant("When all runs of the last 31 days were last looked at, so that late re-runs are found."),
	},
	{ keep: ["sweptAt"] },
);

export const commits = factTable(
	"commits",
	"One commit that the default branch contained when it was last looked at, from the source `github:commits`.",
	{
		repositoryId: bigint("GitHub's id of the repository.").notNull(),
		sha: text("The commit: 40 characters, 64 in a SHA-256 repository.").notNull(),
		repository: text("`owner/name`, as it was called when the row was written.").notNull(),
		title: text("First line of its message."),
		author: text("Login of the author; null if GitHub knows no account."),
		authorName: text("The author's name in the commit."),
		authoredAt: instant("When it was written."),
		committer: text("Login of the committer; `web-flow` if GitHub merged it."),
		committedAt: instant("When it was committed.").notNull(),
		parentCount: integer("2 or more for a merge."),
		htmlUrl: text("Its page."),
	},
	{ key: ["repositoryId", "sha"], time: "committedAt" },
);

export const coverageSnapshots = factTable(
	"coverage_snapshots",
	"Test coverage of one commit. Nothing fills it yet.",
	{
		repository: text("`owner/name`.").notNull(),
		commitSha: text("The commit that was measured.").notNull(),
		flag: text("Distinguishes the suites of one commit; empty if there is only one.").notNull(),
		branch: text("The branch it was measured on."),
		createdAt: instant("When it was measured.").notNull(),
		linesCovered: bigint("Lines that ran."),
		linesTotal: bigint("Lines that could have run."),
		branchesCovered: bigint("Branches that were taken."),
		branchesTotal: bigint("Branches in all."),
		functionsCovered: bigint("Functions that were called."),
		functionsTotal: bigint("Functions in all."),
		lineCoverage: double("Share of lines that ran, 0 to 1."),
	},
	{ key: ["repository", "commitSha", "flag"], time: "createdAt" },
);
