import type { Answer, Call, RepositoryCall } from "./call.ts";
import { listCommits } from "./commit-operations.ts";
import { listOrganizationRepositories, listUserRepositories } from "./owner-operations.ts";
import { listIssueEvents, listPulls, listRepositoryEvents } from "./pull-operations.ts";
import type { SimulatedRepository } from "./repository.ts";
import { fullRepositoryView } from "./repository-view.ts";
import {
	getRun,
	getRunAttempt,
	listAttemptJobs,
	listRunJobs,
	listRuns,
	listWorkflowRuns,
	listWorkflows,
} from "./run-operations.ts";
import type { Permission } from "./tokens.ts";

/** What can be asked of a repository. Paths are the contract's, behind `/repos/{owner}/{repo}`. */
export interface RepositoryOperation {
	readonly path: string;
	readonly permission: Permission;
	readonly answer: (call: RepositoryCall) => Answer;
}

export const repositoryOperations: readonly RepositoryOperation[] = [
	{ path: "/actions/runs", permission: "actions", answer: listRuns },
	{ path: "/actions/runs/{run_id}", permission: "actions", answer: getRun },
	{ path: "/actions/runs/{run_id}/jobs", permission: "actions", answer: listRunJobs },
	{ path: "/actions/runs/{run_id}/attempts/{attempt_number}", permission: "actions", answer: getRunAttempt },
	{ path: "/actions/runs/{run_id}/attempts/{attempt_number}/jobs", permission: "actions", answer: listAttemptJobs },
	{ path: "/actions/workflows", permission: "actions", answer: listWorkflows },
	{ path: "/actions/workflows/{workflow_id}/runs", permission: "actions", answer: listWorkflowRuns },
	{ path: "/pulls", permission: "pull_requests", answer: listPulls },
	{ path: "/commits", permission: "contents", answer: listCommits },
	{ path: "/issues/events", permission: "issues", answer: listRepositoryEvents },
	{ path: "/issues/{issue_number}/events", permission: "issues", answer: listIssueEvents },
	{
		path: "",
		permission: "metadata",
		answer: ({ repository }) => ({ body: fullRepositoryView(repository.facts()) }),
	},
];

/** What can be asked of an owner. */
export interface OwnerOperation {
	readonly path: string;
	readonly answer: (call: Call, repositories: readonly SimulatedRepository[]) => Answer;
}

export const ownerOperations: readonly OwnerOperation[] = [
	{ path: "/orgs/{org}/repos", answer: listOrganizationRepositories },
	{ path: "/users/{username}/repos", answer: listUserRepositories },
];
