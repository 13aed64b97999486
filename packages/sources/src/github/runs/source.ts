import type { Source } from "@tidemark/core";
import { repositoryTargets } from "../session.ts";
import { type GithubConfig, githubSettings, idle, reachMs } from "../settings.ts";
import { type RunsCursor, runsCursor } from "./cursor.ts";
import { type RunEntry, runEntry, runRows } from "./entry.ts";
import { readRuns } from "./read.ts";

/** Every attempt of every GitHub Actions run. One checkpoint for each repository. */
export const githubRuns: Source<GithubConfig, RunsCursor, RunEntry> = {
	name: "github:runs",
	idle,
	config: githubSettings,
	cursor: runsCursor,
	entry: runEntry,
	reachMs,
	targets: (context) => repositoryTargets("github:runs", context),
	read: readRuns,
	rows: runRows,
};
