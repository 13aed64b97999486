import { commitRules } from "./commits.ts";
import { coverageSnapshotRules } from "./coverage-snapshots.ts";
import { jobLookupRules } from "./job-lookups.ts";
import { llmCallRules } from "./llm-calls.ts";
import { promptInstanceRules } from "./prompt-instances.ts";
import { pullRequestRules } from "./pull-requests.ts";
import { repositoryRules } from "./repositories.ts";
import { workflowJobRules } from "./workflow-jobs.ts";
import { workflowRunRules } from "./workflow-runs.ts";

/** The list of fact tables, parents first; `prune` goes the other way. A new table is one file and one line here. */
export const facts = {
	repositories: repositoryRules,
	pull_requests: pullRequestRules,
	commits: commitRules,
	workflow_runs: workflowRunRules,
	workflow_jobs: workflowJobRules,
	job_lookups: jobLookupRules,
	coverage_snapshots: coverageSnapshotRules,
	llm_calls: llmCallRules,
	prompt_instances: promptInstanceRules,
};
