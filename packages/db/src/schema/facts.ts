import { llmCalls, promptInstances } from "./llm-calls.ts";
import { pullRequests } from "./pull-requests.ts";
import { commits, coverageSnapshots, repositories } from "./repositories.ts";
import { jobLookups, workflowJobs } from "./workflow-jobs.ts";
import { workflowRuns } from "./workflow-runs.ts";

/** The fact tables, parents first; `prune` goes the other way. */
export const facts = {
	repositories,
	pull_requests: pullRequests,
	commits,
	workflow_runs: workflowRuns,
	workflow_jobs: workflowJobs,
	job_lookups: jobLookups,
	coverage_snapshots: coverageSnapshots,
	llm_calls: llmCalls,
	prompt_instances: promptInstances,
};
