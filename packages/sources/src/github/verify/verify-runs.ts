import type { Queryable } from "@tidemark/db";
import { z } from "zod";
import { listPage } from "../runs/list-page.ts";
import { listRuns } from "../runs/list-runs.ts";
import type { Turn } from "../session.ts";
import { type Comparison, compare, findLastCollection, type Scope, type Seen } from "./compare.ts";

const listedRun = z.object({
	id: z.number(),
	created_at: z.string(),
	run_attempt: z.number().nullish(),
	status: z.string().nullish(),
	conclusion: z.string().nullish(),
	updated_at: z.string().nullish(),
});

/** Every attempt of every run since a time. Of the earlier attempts of a run only their being there can be checked. */
export async function verifyRuns(
	{ client, repository }: Turn,
	{ db, since, signal, warn }: Scope,
): Promise<Comparison> {
	const listed = new Map<string, Seen>();
	const ask = (page: number, window?: string) => listPage(client, repository.name, { page, window }, signal);
	const stored = await readStored(db, repository.id, since);
	for await (const { runs } of listRuns({}, { ask, floor: since, now: client.now(), warn })) {
		for (const raw of runs) {
			const { data: run } = listedRun.safeParse(raw);
			// A page that reaches down to that time reaches beyond it.
			if (!run || run.created_at < since) continue;
			const newest = run.run_attempt ?? 1;
			const changedAt = run.updated_at ?? null;
			const seen = (attempt: number, state: string) =>
				listed.set(`${run.id} ${attempt}`, { name: `run ${run.id}, attempt ${attempt}`, state, changedAt });
			seen(newest, pickState(run.status, run.conclusion));
			for (let attempt = 1; attempt < newest; attempt++) seen(attempt, stored.get(`${run.id} ${attempt}`) ?? "");
		}
	}
	return compare(listed, stored, await findLastCollection(db, "github:runs", repository.name));
}

async function readStored(db: Queryable, repositoryId: number, since: string) {
	const rows = await db.query<{ id: number; attempt: number; status: string | null; conclusion: string | null }>(
		`SELECT github_run_id AS id, run_attempt AS attempt, status, conclusion FROM workflow_runs
WHERE repository_id = $1 AND run_created_at >= $2::timestamptz - interval '1 day'`,
		[repositoryId, since],
	);
	return new Map(
		rows.map(({ id, attempt, status, conclusion }) => [`${id} ${attempt}`, pickState(status, conclusion)]),
	);
}

function pickState(status: string | null | undefined, conclusion: string | null | undefined): string {
	return conclusion ?? status ?? "";
}
