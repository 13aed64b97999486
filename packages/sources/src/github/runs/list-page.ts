import { z } from "zod";
import { type GithubClient, perPage } from "../api/client.ts";
import { GithubError } from "../api/failures.ts";
import { type ListPage, readTimes } from "../scan.ts";

const answer = z.object({ total_count: z.number(), workflow_runs: z.array(z.unknown()) });

export interface RunsPage extends ListPage {
	readonly total: number;
}

/**
 * One page, newest first. Without `window` the list is complete to the present second; with one it is GitHub's search
 * index that answers, which may lag and lists 1,000 rows at most.
 *
 * @param window `2026-02-01T00:00:00Z..2026-02-02T00:00:00Z`
 */
export async function listPage(
	client: GithubClient,
	repository: string,
	{ page, window }: { page: number; window?: string | undefined },
	signal: AbortSignal,
): Promise<RunsPage> {
	const query = { per_page: perPage, page, ...(window === undefined ? {} : { created: window }) };
	const { data } = await client.get(`/repos/${repository}/actions/runs`, query, { signal });
	const { total_count: total, workflow_runs: rows } = answer.parse(data);
	return { rows, total, times: readTimes(rows, "created_at") };
}

/** Beyond 40,000 rows GitHub refuses to turn the page. */
export function isEndOfList(error: unknown): boolean {
	return error instanceof GithubError && error.status === 422;
}
