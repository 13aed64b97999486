import type { Source } from "@tidemark/core";
import { z } from "zod";
import { type CommitEntry, commitEntry, commitRows } from "./commits/entry.ts";
import { type CommitsCursor, commitsCursor, readCommits } from "./commits/read-commits.ts";
import { type JobEntry, jobEntry, jobRows } from "./jobs/entry.ts";
import { readJobs } from "./jobs/read-jobs.ts";
import { type PullEntry, pullEntry, pullRows } from "./pulls/entry.ts";
import { type PullsCursor, pullsCursor, readPulls } from "./pulls/read-pulls.ts";
import { type RunEntry, runEntry, runRows } from "./runs/entry.ts";
import { type RunsCursor, runsCursor } from "./runs/list-runs.ts";
import { readRuns } from "./runs/read-runs.ts";
import { repositoryTargets } from "./session.ts";
import { type GithubConfig, githubSettings, idle, reachMs } from "./settings.ts";

/** Every attempt of every run of GitHub Actions. As for the others, a repository is a target. */
export const githubRuns: Source<GithubConfig, RunsCursor, RunEntry> = {
	...share("github:runs"),
	cursor: runsCursor,
	entry: runEntry,
	read: readRuns,
	rows: runRows,
};

export const githubPulls: Source<GithubConfig, PullsCursor, PullEntry> = {
	...share("github:pulls"),
	cursor: pullsCursor,
	entry: pullEntry,
	read: readPulls,
	rows: pullRows,
};

/** The commits of the default branch. */
export const githubCommits: Source<GithubConfig, CommitsCursor, CommitEntry> = {
	...share("github:commits"),
	cursor: commitsCursor,
	entry: commitEntry,
	read: readCommits,
	rows: commitRows,
};

/** The jobs and steps of every attempt. What is to be asked for follows from what is stored: it has no cursor. */
export const githubJobs: Source<GithubConfig, undefined, JobEntry> = {
	...share("github:jobs"),
	cursor: z.undefined(),
	entry: jobEntry,
	read: readJobs,
	rows: jobRows,
};

/** What the sources of GitHub have in common. */
function share(
	name: string,
): Pick<Source<GithubConfig, never, never>, "name" | "idle" | "config" | "reachMs" | "targets"> {
	return { name, idle, config: githubSettings, reachMs, targets: (context) => repositoryTargets(name, context) };
}
