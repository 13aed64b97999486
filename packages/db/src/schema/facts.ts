import { coverageSnapshotRules } from "./coverage-snapshots.ts";
import { llmCallRules } from "./llm-calls.ts";
import { workflowJobRules } from "./workflow-jobs.ts";
import { workflowRunRules } from "./workflow-runs.ts";

/** The list of fact tables, parents first; `prune` goes the other way. A new table is one file and one line here. */
export const facts = {
	workflow_runs: workflowRunRules,
	workflow_jobs: workflowJobRules,
	coverage_snapshots: coverageSnapshotRules,
	llm_calls: llmCallRules,
};
