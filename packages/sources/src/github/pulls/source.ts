import type { Source } from "@tidemark/core";
import { repositoryTargets } from "../session.ts";
import { type GithubConfig, githubSettings, idle, reachMs } from "../settings.ts";
import { type PullEntry, pullEntry, pullRows } from "./entry.ts";
import { type PullsCursor, pullsCursor, readPulls } from "./read.ts";

/** Pull requests. One checkpoint for each repository. */
export const githubPulls: Source<GithubConfig, PullsCursor, PullEntry> = {
	name: "github:pulls",
	idle,
	config: githubSettings,
	cursor: pullsCursor,
	entry: pullEntry,
	reachMs,
	targets: (context) => repositoryTargets("github:pulls", context),
	read: readPulls,
	rows: pullRows,
};
