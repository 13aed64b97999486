import { groupBy } from "@tidemark/core";
import type { AttemptWithoutJobs } from "@tidemark/db";
import { z } from "zod";
import { GithubError, isGone } from "../api/failures.ts";
import type { Turn } from "../session.ts";
import { readField } from "../shapes.ts";

/** The jobs of one attempt, or why there is no answer. */
export type Found = readonly unknown[] | GithubError;

/**
 * Asks for the jobs of some attempts of one run. All of them together cost as much as one of them.
 * @throws what is no fault of this one run: a limit, a missing permission
 */
export async function* fetchJobs(
	turn: Turn,
	attempts: readonly AttemptWithoutJobs[],
	signal: AbortSignal,
): AsyncIterable<[AttemptWithoutJobs, Found]> {
	const all = attempts.length > 1 ? await tolerate(listAllJobs(turn, attempts[0]?.githubRunId, signal)) : undefined;
	for (const attempt of attempts) {
		const known = all instanceof GithubError ? all : all?.get(attempt.runAttempt);
		// To the end: a matrix alone may have 256.
		const path = `${attempt.githubRunId}/attempts/${attempt.runAttempt}/jobs`;
		yield [attempt, known ?? (await tolerate(listJobs(turn, path, {}, signal)))];
	}
}

async function tolerate<Answer>(asked: Promise<Answer>): Promise<Answer | GithubError> {
	try {
		return await asked;
	} catch (error) {
		if (error instanceof GithubError && (isGone(error) || error.isPassing)) return error;
		throw error;
	}
}

const answer = z.object({ jobs: z.array(z.unknown()) });

/**
 * The jobs of all attempts of a run, in as many requests as those of one; undefined if they do not say which attempt
 * they belong to, as the API allows.
 */
async function listAllJobs(turn: Turn, runId: number | undefined, signal: AbortSignal) {
	const jobs = await listJobs(turn, `${runId}/jobs`, { filter: "all" }, signal);
	const readAttempt = (job: unknown) => readField(job, "run_attempt");
	return jobs.every((job) => typeof readAttempt(job) === "number") ? groupBy(jobs, readAttempt) : undefined;
}

function listJobs(
	{ client, repository }: Turn,
	path: string,
	query: Readonly<Record<string, string>>,
	signal: AbortSignal,
): Promise<unknown[]> {
	const full = `/repos/${repository.name}/actions/runs/${path}`;
	return client.getAll(full, query, signal, (data) => answer.parse(data).jobs);
}
