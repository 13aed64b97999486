import { groupBy } from "@tidemark/core";
import { z } from "zod";
import type { Turn } from "../session.ts";

const perPage = 100;
const answer = z.object({ jobs: z.array(z.unknown()) });
const attempted = z.object({ run_attempt: z.number() });

/** The jobs of one attempt, to the end: a matrix alone may have 256. */
export function listJobs(turn: Turn, runId: number, runAttempt: number, signal: AbortSignal): Promise<unknown[]> {
	return listPages(turn, `${runId}/attempts/${runAttempt}/jobs`, {}, signal);
}

/**
 * The jobs of all attempts of a run, in as many requests as those of one; undefined where they do not say which attempt
 * they belong to, as the API allows.
 */
export async function listAllJobs(
	turn: Turn,
	runId: number,
	signal: AbortSignal,
): Promise<Map<number, unknown[]> | undefined> {
	const jobs = await listPages(turn, `${runId}/jobs`, { filter: "all" }, signal);
	const areAttributed = jobs.every((job) => attempted.safeParse(job).success);
	return areAttributed ? groupBy(jobs, (job) => attempted.parse(job).run_attempt) : undefined;
}

async function listPages(
	{ client, repository }: Turn,
	path: string,
	query: Readonly<Record<string, string>>,
	signal: AbortSignal,
): Promise<unknown[]> {
	const all: unknown[] = [];
	for (let page = 1; ; page++) {
		const given = { ...query, per_page: perPage, page };
		const { data } = await client.get(`/repos/${repository.name}/actions/runs/${path}`, given, { signal });
		const { jobs } = answer.parse(data);
		all.push(...jobs);
		if (jobs.length < perPage) return all;
	}
}
