import { z } from "zod";
import { perPage } from "../api/client.ts";
import { type ListPage, readTimes } from "../scan.ts";
import type { Turn } from "../session.ts";

const answer = z.object({ total_count: z.number(), workflow_runs: z.array(z.unknown()) });

export interface RunsPage extends ListPage {
	readonly total: number;
}

/**
 * Asks for one page of runs, newest first. Without `window` the list is complete to the present second; with one it is
 * GitHub's search index that answers, which may lag and lists 1,000 rows at most.
 *
 * @param window `2026-02-01T00:00:00Z..2026-02-02T00:00:00Z`, both inclusive
 */
export type AskRuns = (page: number, window?: string) => Promise<RunsPage>;

export function openRuns({ client, repository }: Turn, signal: AbortSignal): AskRuns {
	return async (page, window) => {
		const query = { per_page: perPage, page, ...(window === undefined ? {} : { created: window }) };
		const { data } = await client.get(`/repos/${repository.name}/actions/runs`, query, { signal });
		const { total_count: total, workflow_runs: rows } = answer.parse(data);
		return { rows, total, times: readTimes(rows, "created_at") };
	};
}
