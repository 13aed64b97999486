import { parseTime } from "../../clock.ts";
import { Violation } from "../../simulator.ts";
import type { SimulatedRepository } from "../script/repository.ts";
import { showFullRepository } from "../view/repository.ts";
import { ApiError, notFound } from "./api-error.ts";
import type { Answer, Call, RepositoryCall } from "./call.ts";
import { listOrganizationRepositories, listUserRepositories } from "./owner-operations.ts";
import { takePage } from "./paging.ts";
import { listIssueEvents, listPulls, listRepositoryEvents } from "./pull-operations.ts";
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
		answer: ({ repository }) => ({ body: showFullRepository(repository.facts()) }),
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

/** Lists the commits that can be reached from a branch or commit; since and until go by the committer's date, both included. */
function listCommits({ repository, query, page, now }: RepositoryCall): Answer {
	const { history, defaultBranch } = repository;
	const isUnborn = repository.isEmpty && history.headAt(defaultBranch, now) === undefined;
	if (isUnborn) throw new ApiError(409, "Git Repository is empty.");
	for (const name of ["path", "author", "committer"]) {
		if (query.has(name)) throw new Violation(`Commits by ${name} are not simulated`);
	}
	const name = query.get("sha") ?? defaultBranch;
	const commits = history.list(name, now);
	if (!commits) {
		if (query.has("sha")) throw notFound();
		return { body: [], reachable: 0 };
	}
	const since = parseTime(query.get("since") ?? "1970-01-01T00:00:00Z");
	const until = parseTime(query.get("until") ?? "2099-12-31T23:59:59Z");
	const matching = commits.filter(({ committedAt }) => since <= committedAt && committedAt <= until);
	return { body: takePage(matching, page).map(({ view }) => view), reachable: matching.length };
}
