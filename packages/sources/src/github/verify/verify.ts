import { type Given, type Reporter, readSettings } from "@tidemark/core";
import type { Queryable } from "@tidemark/db";
import { beginTurn, listTargets } from "../session.ts";
import { githubSettings } from "../settings.ts";
import { type Comparison, compare, findLastCollection } from "./compare.ts";
import { commitsList, pullsList, runsList } from "./lists.ts";

/** How the database stands beside GitHub, for one repository. */
export interface Verification {
	readonly repository: string;
	readonly runs: Comparison;
	readonly pulls: Comparison;
	readonly commits: Comparison;
	/** Finished attempts whose jobs were not asked for yet: requests were short. */
	readonly attemptsWithoutJobs: number;
}

export interface VerifyOptions {
	readonly db: Queryable;
	readonly given: Given;
	/** Canonical instant: what is older is not looked at. */
	readonly since: string;
	readonly signal: AbortSignal;
	readonly report: Pick<Reporter, "info" | "warn">;
}

/**
 * Compares the database with GitHub's own lists and changes nothing in either.
 * @throws GithubError, EndedEarly if the requests are used up
 */
export async function* verifyGithub({ db, given, since, signal, report }: VerifyOptions): AsyncIterable<Verification> {
	const context = { config: readSettings(githubSettings, given), invocation: {}, signal, report };
	for await (const target of listTargets("verify", context)) {
		const turn = await beginTurn("verify", target, context);
		const { id, name } = turn.repository;
		const scope = { since, signal, warn: (text: string) => report.warn(`${name}: ${text}`) };
		const verify = async ({ source, stored, list }: typeof runsList) => {
			const rows = await db.query<{ key: string; state: string }>(stored, [id]);
			const known = new Map(rows.map(({ key, state }) => [key, state]));
			return compare(list(turn, scope), known, await findLastCollection(db, source, name));
		};
		yield {
			repository: name,
			runs: await verify(runsList),
			pulls: await verify(pullsList),
			commits: await verify(commitsList),
			attemptsWithoutJobs: (await db.query(attemptsWithoutJobs, [id])).length,
		};
	}
}

const attemptsWithoutJobs = `SELECT 1 FROM workflow_runs LEFT JOIN job_lookups AS lookup USING (github_run_id, run_attempt)
WHERE workflow_runs.repository_id = $1 AND (status = 'completed' OR conclusion IS NOT NULL) AND gone_at IS NULL
AND (state IS NULL OR state = 'failed')`;
