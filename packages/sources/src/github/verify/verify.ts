import { type Given, type Reporter, readSettings } from "@tidemark/core";
import type { Queryable } from "@tidemark/db";
import { beginTurn, repositoryTargets } from "../session.ts";
import { githubSettings } from "../settings.ts";
import type { Comparison } from "./compare.ts";
import { verifyCommits } from "./verify-commits.ts";
import { verifyPulls } from "./verify-pulls.ts";
import { verifyRuns } from "./verify-runs.ts";

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
	for await (const target of repositoryTargets("verify", context)) {
		const turn = await beginTurn("verify", target, context);
		const { repository } = turn;
		const warn = (text: string) => report.warn(`${repository.name}: ${text}`);
		const scope = { db, since, signal, warn };
		yield {
			repository: repository.name,
			runs: await verifyRuns(turn, scope),
			pulls: await verifyPulls(turn, scope),
			commits: await verifyCommits(turn, scope),
			attemptsWithoutJobs: await countAttemptsWithoutJobs(db, repository.id),
		};
	}
}

async function countAttemptsWithoutJobs(db: Queryable, repositoryId: number): Promise<number> {
	const [counted] = await db.query<{ count: number }>(
		`SELECT count(*)::int AS count FROM workflow_runs LEFT JOIN job_lookups AS lookup USING (github_run_id, run_attempt)
WHERE workflow_runs.repository_id = $1 AND (status = 'completed' OR conclusion IS NOT NULL) AND gone_at IS NULL
AND (state IS NULL OR state = 'failed')`,
		[repositoryId],
	);
	return counted?.count ?? 0;
}
