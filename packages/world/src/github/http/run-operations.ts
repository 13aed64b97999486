import type { StoredRun } from "../script/stored-run.ts";
import { isUnchecked, type JsonObject, markUnchecked } from "../view/json.ts";
import { showWorkflow } from "../view/workflow.ts";
import { ApiError, notFound } from "./api-error.ts";
import { type Answer, type RepositoryCall, readId } from "./call.ts";
import { takePage } from "./paging.ts";
import { filterRuns, isFiltered } from "./run-filters.ts";

export function listRuns(call: RepositoryCall): Answer {
	return listed(call, call.repository.runs.visible(call.now));
}

/** By id or by the name of the workflow's file. */
export function listWorkflowRuns(call: RepositoryCall): Answer {
	const { repository, params, now } = call;
	const asked = params.workflow_id ?? "";
	const workflow = [...repository.workflows.values()].find(
		({ id, path }) => String(id) === asked || path.split("/").at(-1) === asked,
	);
	if (!workflow) throw notFound();
	return listed(
		call,
		repository.runs.visible(now).filter((run) => run.facts(now).workflowId === workflow.id),
	);
}

function listed(call: RepositoryCall, runs: readonly StoredRun[]): Answer {
	const { query, page, now, limits } = call;
	const matching = isFiltered(query) ? indexed(call, runs) : runs;
	const reachable = isFiltered(query) ? Math.min(matching.length, limits.filteredCap) : matching.length;
	if (!isFiltered(query) && page.page * page.perPage > limits.unfilteredCap) {
		const message = "In order to keep the API fast for everyone, pagination is limited for this resource.";
		throw new ApiError(422, message);
	}
	const rows = takePage(matching.slice(0, reachable), page);
	const body = {
		total_count: matching.length,
		workflow_runs: rows.flatMap((run) => shown(call, run.view(now))),
	};
	return { body, reachable };
}

/** What the search index finds; it does not know the newest runs yet. */
function indexed({ query, now, limits }: RepositoryCall, runs: readonly StoredRun[]): readonly StoredRun[] {
	const known = runs.filter(({ createdAt }) => createdAt <= now - limits.indexLagMs);
	return filterRuns(known, query, now);
}

export function getRun(call: RepositoryCall): Answer {
	return one(shown(call, findRun(call).view(call.now)));
}

export function getRunAttempt(call: RepositoryCall): Answer {
	return one(shown(call, findRun(call).view(call.now, readId(call, "attempt_number"))));
}

export function listAttemptJobs(call: RepositoryCall): Answer {
	return answerJobs(call, readId(call, "attempt_number"));
}

export function listRunJobs(call: RepositoryCall): Answer {
	const isAll = call.query.get("filter") === "all";
	return answerJobs(call, isAll ? "all" : findRun(call).facts(call.now).attempt);
}

export function listWorkflows({ repository, page }: RepositoryCall): Answer {
	const workflows = [...repository.workflows.values()].sort((one, other) => one.id - other.id);
	const rows = takePage(workflows, page).map((workflow) => showWorkflow(workflow, repository.facts()));
	return { body: { total_count: workflows.length, workflows: rows }, reachable: workflows.length };
}

function answerJobs(call: RepositoryCall, attempt: number | "all"): Answer {
	const jobs = findRun(call).jobs(call.now, attempt);
	if (!jobs) throw notFound();
	return { body: { total_count: jobs.length, jobs: takePage(jobs, call.page) }, reachable: jobs.length };
}

function findRun(call: RepositoryCall): StoredRun {
	const run = call.repository.runs.find(readId(call, "run_id"), call.now);
	if (!run) throw notFound();
	return run;
}

function shown({ query }: RepositoryCall, view: JsonObject | undefined): JsonObject[] {
	if (!view) return [];
	if (query.get("exclude_pull_requests") !== "true") return [view];
	const bare = { ...view, pull_requests: [] };
	return [isUnchecked(view) ? markUnchecked(bare) : bare];
}

function one([body]: readonly JsonObject[]): Answer {
	if (!body) throw notFound();
	return { body };
}
