import type { Source } from "@tidemark/core";
import { z } from "zod";
import { repositoryTargets } from "../session.ts";
import { type GithubConfig, githubSettings, idle, reachMs } from "../settings.ts";
import { type JobEntry, jobEntry, jobRows } from "./entry.ts";
import { readJobs } from "./read.ts";

/** The jobs and steps of every attempt. What is to be asked for follows from what is stored, so it has no cursor. */
export const githubJobs: Source<GithubConfig, undefined, JobEntry> = {
	name: "github:jobs",
	idle,
	config: githubSettings,
	cursor: z.undefined(),
	entry: jobEntry,
	reachMs,
	targets: (context) => repositoryTargets("github:jobs", context),
	read: readJobs,
	rows: jobRows,
};
