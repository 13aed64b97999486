import type { AttemptWithoutJobs } from "@tidemark/db";
import { GithubError, isGone } from "../api/errors.ts";
import type { Turn } from "../session.ts";
import { listAllJobs, listJobs } from "./list.ts";

/** The jobs of one attempt, or why they could not be had. */
export type Found<Answer = readonly unknown[]> = { readonly answer: Answer } | { readonly error: GithubError };

/**
 * Asks for the jobs of some attempts of one run. All of them together cost as much as one of them.
 * @returns one for each attempt
 * @throws what is no fault of this one run: a limit, a missing permission
 */
export async function findJobs(
	turn: Turn,
	attempts: readonly AttemptWithoutJobs[],
	signal: AbortSignal,
): Promise<Found[]> {
	const [first] = attempts;
	if (!first) return [];
	const all = attempts.length > 1 ? await tolerating(() => listAllJobs(turn, first.githubRunId, signal)) : undefined;
	if (all && "error" in all) return attempts.map(() => all);
	const found: Found[] = [];
	for (const { githubRunId, runAttempt } of attempts) {
		const known = all?.answer?.get(runAttempt);
		found.push(known ? { answer: known } : await tolerating(() => listJobs(turn, githubRunId, runAttempt, signal)));
	}
	return found;
}

async function tolerating<Answer>(ask: () => Promise<Answer>): Promise<Found<Answer>> {
	try {
		return { answer: await ask() };
	} catch (error) {
		if (error instanceof GithubError && (isGone(error) || error.isPassing)) return { error };
		throw error;
	}
}
