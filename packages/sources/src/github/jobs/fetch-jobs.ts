import { groupBy } from "@tidemark/core";
import type { AttemptWithoutJobs } from "@tidemark/db";
import { z } from "zod";
import { GithubError, isGone } from "../api/failures.ts";
import type { Turn } from "../session.ts";

/** The jobs of one attempt, or why there is no answer. */
export type Found<Answer = readonly unknown[]> = { readonly answer: Answer } | { readonly error: GithubError };

/**
 * Asks for the jobs of some attempts of one run. All of them together cost as much as one of them.
 * @returns one for each attempt
 * @throws what is no fault of this one run: a limit, a missing permission
 */
export async function fetchJobs(
	turn: Turn,
	attempts: readonly AttemptWithoutJobs[],
	signal: AbortSignal,
): Promise<Found[]> {
	const [first] = attempts;
	if (!first) return [];
	const all = attempts.length > 1 ? await tolerate(() => listAllJobs(turn, first.githubRunId, signal)) : undefined;
	if (all && "error" in all) return attempts.map(() => all);
	const found: Found[] = [];
	for (const { githubRunId, runAttempt } of attempts) {
		const known = all?.answer?.get(runAttempt);
		found.push(known ? { answer: known } : await tolerate(() => listJobs(turn, githubRunId, runAttempt, signal)));
	}
	return found;
}

async function tolerate<Answer>(ask: () => Promise<Answer>): Promise<Found<Answer>> {
	try {
		return { answer: await ask() };
	} catch (error) {
		if (error instanceof GithubError && (isGone(error) || error.isPassing)) return { error };
		throw error;
	}
}

const answer = z.object({ jobs: z.array(z.unknown()) });
const attempted = z.object({ run_attempt: z.number() });

/** The jobs of one attempt, to the end: a matrix alone may have 256. */
function listJobs(turn: Turn, runId: number, runAttempt: number, signal: AbortSignal): Promise<unknown[]> {
	return listAll(turn, `${runId}/attempts/${runAttempt}/jobs`, {}, signal);
}

/**
 * The jobs of all attempts of a run, in as many requests as those of one; undefined if they do not say which attempt
 * they belong to, as the API allows.
 */
async function listAllJobs(
	turn: Turn,
	runId: number,
	signal: AbortSignal,
): Promise<Map<number, unknown[]> | undefined> {
	const jobs = await listAll(turn, `${runId}/jobs`, { filter: "all" }, signal);
	const areAttributed = jobs.every((job) => attempted.safeParse(job).success);
	return areAttributed ? groupBy(jobs, (job) => attempted.parse(job).run_attempt) : undefined;
}

function listAll(
	{ client, repository }: Turn,
	path: string,
	query: Readonly<Record<string, string>>,
	signal: AbortSignal,
): Promise<unknown[]> {
	const full = `/repos/${repository.name}/actions/runs/${path}`;
	return client.getAll(full, query, signal, (data) => answer.parse(data).jobs);
}
