import type { Source } from "@tidemark/core";
import { repositoryTargets } from "../session.ts";
import { type GithubConfig, githubSettings, idle, reachMs } from "../settings.ts";
import { type CommitEntry, commitEntry, commitRows } from "./entry.ts";
import { type CommitsCursor, commitsCursor, readCommits } from "./read.ts";

/** The commits of the default branch. One checkpoint for each repository. */
export const githubCommits: Source<GithubConfig, CommitsCursor, CommitEntry> = {
	name: "github:commits",
	idle,
	config: githubSettings,
	cursor: commitsCursor,
	entry: commitEntry,
	reachMs,
	targets: (context) => repositoryTargets("github:commits", context),
	read: readCommits,
	rows: commitRows,
};
