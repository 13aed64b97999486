import { llmCallRules, promptInstanceRules } from "./llm-calls.ts";
import { pullRequestRules } from "./pull-requests.ts";
import { commitRules, coverageSnapshotRules, repositoryRules } from "./repositories.ts";
import { jobLookupRules, workflowJobRules } from "./workflow-jobs.ts";
import { workflowRunRules } from "./workflow-runs.ts";

/** The fact tables, parents first; `prune` goes the other way. */
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
