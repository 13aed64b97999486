import type { StoredRun } from "../script/stored-run.ts";
import { encodeNodeId, formatTime, isObject, type JsonObject, readNumber, readText } from "../view/json.ts";
import { type ConnectionArguments, pageConnection } from "./connection.ts";

interface CheckRunArguments extends ConnectionArguments {
	readonly filterBy?: { readonly checkType?: "ALL" | "LATEST" | null; readonly checkName?: string | null } | null;
}

/** The check suite of a run as GraphQL resolves it. Its check runs are the jobs: of the newest attempt, or of all. */
export function resolveCheckSuite(run: StoredRun, now: number): JsonObject {
	const facts = run.facts(now);
	return {
		__typename: "CheckSuite",
		id: run.checkSuiteNodeId,
		databaseId: facts.checkSuiteId,
		status: constant(facts.status),
		conclusion: constant(facts.conclusion),
		createdAt: formatTime(run.createdAt),
		workflowRun: {
			id: encodeNodeId("WFR", run.id),
			databaseId: run.id,
			runNumber: facts.runNumber,
			createdAt: formatTime(run.createdAt),
		},
		checkRuns: ({ filterBy, ...given }: CheckRunArguments) => {
			const jobs = run.jobs(now, filterBy?.checkType === "LATEST" ? facts.attempt : "all") ?? [];
			// A copied job with its old id is one check run.
			const unique = [...new Map(jobs.map((job) => [job.id, job])).values()];
			const named = unique.filter((job) => filterBy?.checkName == null || job.name === filterBy.checkName);
			return pageConnection(named.map(resolveCheckRun), given, "checkRuns");
		},
	};
}

/** A check run has neither labels nor runner, neither time of queueing nor attempt. */
function resolveCheckRun(job: JsonObject): JsonObject {
	const id = readNumber(job, "id") ?? 0;
	const steps = Array.isArray(job.steps) ? job.steps.filter(isObject) : [];
	return {
		id: readText(job, "node_id") ?? encodeNodeId("CR", id),
		databaseId: id,
		...checkState(job),
		name: job.name,
		permalink: readText(job, "html_url") ?? "",
		steps: (given: ConnectionArguments) =>
			pageConnection(
				steps.map((step) => ({ ...checkState(step), name: step.name, number: step.number })),
				given,
				"steps",
			),
	};
}

function checkState(seen: JsonObject): JsonObject {
	return {
		status: constant(readText(seen, "status")),
		conclusion: constant(readText(seen, "conclusion")),
		startedAt: readText(seen, "started_at"),
		completedAt: readText(seen, "completed_at"),
	};
}

function constant(text: string | null): string | null {
	return text?.toUpperCase() ?? null;
}
