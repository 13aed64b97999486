import type { AttemptScript, RunScript } from "../script/run-script.ts";
import { encodeNodeId, formatTime, type JsonObject, markUnchecked } from "./json.ts";
import { type RepositoryFacts, showMinimalRepository } from "./repository.ts";
import { showUser } from "./user.ts";

/** One attempt of a run as of a moment. Times are milliseconds. */
export interface SeenAttempt {
	readonly number: number;
	readonly status: string;
	readonly conclusion: string | null;
	readonly startedAt: number;
	readonly updatedAt: number;
	/** Undefined while the run is queued. */
	readonly script: AttemptScript | undefined;
}

/** What a run has from its repository. */
export interface RunHome {
	facts(): RepositoryFacts;
	nextId(): number;
	/** A pull request as runs name it. */
	pullReference(number: number): JsonObject | undefined;
}

/** A run without its attempts. */
export interface ShownRun {
	readonly id: number;
	readonly script: RunScript;
	readonly runNumber: number;
	readonly workflow: { readonly id: number; readonly name: string | null; readonly path: string };
	readonly createdAt: number;
	readonly branch: string | null;
	readonly headSha: string;
	readonly checkSuiteId: number;
	readonly checkSuiteNodeId: string;
	readonly home: RunHome;
}

/** A run as the API shows it: there is one object for a run, and it shows one attempt. */
export function showRun(run: ShownRun, attempt: SeenAttempt): JsonObject {
	const { id, script, runNumber, workflow, headSha, branch } = run;
	const facts = run.home.facts();
	const repositoryUrl = `${facts.apiUrl}/repos/${facts.fullName}`;
	const url = `${repositoryUrl}/actions/runs/${id}`;
	const { actor = "octocat", title = `Change ${runNumber}` } = script;
	const starter = attempt.script?.actor === undefined ? actor : attempt.script.actor;
	const repository = showMinimalRepository(facts);
	const view = {
		id,
		name: workflow.name,
		node_id: encodeNodeId("WFR", id),
		head_branch: branch,
		head_sha: headSha,
		path: workflow.path,
		display_title: title,
		run_number: runNumber,
		event: script.event ?? "push",
		status: attempt.status,
		conclusion: attempt.conclusion,
		workflow_id: workflow.id,
		check_suite_id: run.checkSuiteId,
		check_suite_node_id: run.checkSuiteNodeId,
		url,
		html_url: `https://github.com/${facts.fullName}/actions/runs/${id}`,
		pull_requests: (script.pullRequests ?? []).flatMap((number) => run.home.pullReference(number) ?? []),
		created_at: formatTime(run.createdAt),
		updated_at: formatTime(attempt.updatedAt),
		actor: actor === null ? null : showUser(actor, facts.apiUrl),
		run_attempt: attempt.number,
		referenced_workflows: [],
		run_started_at: formatTime(attempt.startedAt),
		triggering_actor: starter === null ? null : showUser(starter, facts.apiUrl),
		jobs_url: `${url}/jobs`,
		logs_url: `${url}/logs`,
		check_suite_url: `${repositoryUrl}/check-suites/${run.checkSuiteId}`,
		artifacts_url: `${url}/artifacts`,
		cancel_url: `${url}/cancel`,
		rerun_url: `${url}/rerun`,
		previous_attempt_url: attempt.number > 1 ? `${url}/attempts/${attempt.number - 1}` : null,
		workflow_url: `${repositoryUrl}/actions/workflows/${workflow.id}`,
		head_commit: headCommit(headSha, title, run.createdAt),
		repository,
		head_repository: headRepository(script.headRepository, facts, repository),
	};
	const override = { ...script.override, ...attempt.script?.override };
	return Object.keys(override).length > 0 ? markUnchecked({ ...view, ...override }) : view;
}

function headCommit(sha: string, message: string, at: number): JsonObject {
	const person = { name: "octocat", email: "octocat@example.com" };
	return { id: sha, tree_id: sha, message, timestamp: formatTime(at), author: person, committer: person };
}

function headRepository(
	fullName: string | null | undefined,
	facts: RepositoryFacts,
	repository: JsonObject,
): JsonObject | null {
	if (fullName === undefined || fullName === facts.fullName) return repository;
	if (fullName === null) return null;
	return showMinimalRepository({ ...facts, id: facts.id + 1, fullName, ownerType: "User", isFork: true });
}
