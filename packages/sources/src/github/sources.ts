import type { Context, Page, Source } from "@tidemark/core";
import { z } from "zod";
import { commitEntry, makeCommitRows } from "./commits/entry.ts";
import { commitsCursor, readCommits } from "./commits/read-commits.ts";
import { jobEntry, makeJobRows } from "./jobs/entry.ts";
import { readJobs } from "./jobs/read-jobs.ts";
import { makePullRows, pullEntry } from "./pulls/entry.ts";
import { pullsCursor, readPulls } from "./pulls/read-pulls.ts";
import { makeRunRows, runEntry } from "./runs/entry.ts";
import { runsCursor } from "./runs/list-runs.ts";
import { readRuns } from "./runs/read-runs.ts";
import { beginTurn, listTargets, type Turn } from "./session.ts";
import { type GithubConfig, githubSettings } from "./settings.ts";

interface Parts<Cursor, Entry> extends Pick<Source<GithubConfig, Cursor, Entry>, "name" | "cursor" | "entry" | "rows"> {
	read(turn: Turn, from: Cursor | undefined, context: Context<GithubConfig>): AsyncIterable<Page<Cursor>>;
}

/** Every attempt of every run of GitHub Actions. As for the others, a repository is a target. */
export const githubRuns = completeSource({
	name: "github:runs",
	cursor: runsCursor,
	entry: runEntry,
	read: readRuns,
	rows: makeRunRows,
});

export const githubPulls = completeSource({
	name: "github:pulls",
	cursor: pullsCursor,
	entry: pullEntry,
	read: readPulls,
	rows: makePullRows,
});

/** The commits of the default branch. */
export const githubCommits = completeSource({
	name: "github:commits",
	cursor: commitsCursor,
	entry: commitEntry,
	read: readCommits,
	rows: makeCommitRows,
});

/** The jobs and steps of every attempt. What is to be asked for follows from what is stored: it has no cursor. */
export const githubJobs = completeSource({
	name: "github:jobs",
	cursor: z.undefined(),
	entry: jobEntry,
	read: readJobs,
	rows: makeJobRows,
});

function completeSource<Cursor, Entry>(parts: Parts<Cursor, Entry>): Source<GithubConfig, Cursor, Entry> {
	const { name, read } = parts;
	return {
		...parts,
		config: githubSettings,
		idle: "name a repository: --repo owner/name (GITHUB_REPOSITORY)",
		// The older, the more requests.
		reachMs: 30 * 86_400_000,
		targets: (context) => listTargets(name, context),
		async *read(target, from, context) {
			yield* read(await beginTurn(name, target, context), from, context);
		},
	};
}
