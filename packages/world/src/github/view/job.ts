import { parseTime } from "../../clock.ts";
import type { JobScript, StepScript } from "../script/run-script.ts";
import { encodeNodeId, formatTime, type JsonObject, markUnchecked } from "./json.ts";

/** What a job has from its run. */
export interface JobHome {
	readonly runId: number;
	/** The attempt it is listed in. */
	readonly attempt: number;
	readonly headSha: string;
	readonly branch: string | null;
	readonly workflowName: string | null;
	/** The repository's address at the API. */
	readonly url: string;
	readonly fullName: string;
}

export interface ScriptedJob {
	readonly id: number;
	readonly script: JobScript;
	readonly createdAt: number;
	readonly startedAt: number;
	readonly completedAt: number | undefined;
}

export function readJobScript(script: JobScript, id: number): ScriptedJob {
	const startedAt = parseTime(script.startedAt);
	return {
		id,
		script,
		startedAt,
		createdAt: script.createdAt === undefined ? startedAt : parseTime(script.createdAt),
		completedAt: script.completedAt ? parseTime(script.completedAt) : undefined,
	};
}

/** A job as the API shows it at a moment; undefined before it was queued. */
export function showJob(job: ScriptedJob, home: JobHome, now: number): JsonObject | undefined {
	const { script, id, createdAt, startedAt, completedAt = Number.POSITIVE_INFINITY } = job;
	// A job may be scripted to end before it started, which GitHub does show: it is there once both have passed.
	if (now < Math.min(createdAt, startedAt)) return undefined;
	const isStarted = startedAt <= now;
	const isCompleted = isStarted && completedAt <= now;
	const view = {
		id,
		run_id: home.runId,
		workflow_name: home.workflowName,
		head_branch: home.branch,
		run_url: `${home.url}/actions/runs/${home.runId}`,
		run_attempt: home.attempt,
		node_id: encodeNodeId("CR", id),
		head_sha: home.headSha,
		url: `${home.url}/actions/jobs/${id}`,
		html_url: `https://github.com/${home.fullName}/actions/runs/${home.runId}/job/${id}`,
		status: isCompleted ? "completed" : isStarted ? "in_progress" : "queued",
		conclusion: isCompleted ? (script.conclusion ?? "success") : null,
		created_at: formatTime(createdAt),
		// GitHub shows the time of queueing until there is another.
		started_at: formatTime(isStarted ? startedAt : createdAt),
		completed_at: isCompleted ? formatTime(completedAt) : null,
		name: script.name ?? "build",
		...(script.steps && { steps: isStarted ? showSteps(script.steps, now) : [] }),
		check_run_url: `${home.url}/check-runs/${id}`,
		labels: script.labels ?? ["ubuntu-latest"],
		...runner(script, isStarted),
	};
	return script.override ? markUnchecked({ ...view, ...script.override }) : view;
}

function runner({ runnerName = "GitHub Actions 1", runnerGroup = "GitHub Actions" }: JobScript, isStarted: boolean) {
	const name = isStarted ? runnerName : null;
	const group = isStarted ? runnerGroup : null;
	return {
		runner_id: name === null ? null : 1,
		runner_name: name,
		runner_group_id: group === null ? null : 1,
		runner_group_name: group,
	};
}

function showSteps(steps: readonly StepScript[], now: number): JsonObject[] {
	return steps.map(({ name, startedAt, completedAt, conclusion = "success" }, index) => {
		const isStarted = startedAt !== null && parseTime(startedAt) <= now;
		const isCompleted = completedAt != null && parseTime(completedAt) <= now;
		return {
			name,
			status: isCompleted ? "completed" : isStarted ? "in_progress" : "queued",
			conclusion: isCompleted ? conclusion : null,
			number: index + 1,
			started_at: isStarted ? formatTime(parseTime(startedAt)) : null,
			completed_at: isCompleted ? formatTime(parseTime(completedAt)) : null,
		};
	});
}
