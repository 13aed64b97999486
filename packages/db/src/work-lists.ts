import type { Parameter, Queryable } from "./database.ts";

/** An attempt of a run. */
export interface StoredAttempt {
	readonly githubRunId: number;
	readonly runAttempt: number;
	readonly runCreatedAt: string;
}

/** A finished attempt whose jobs are not known yet. */
export interface AttemptWithoutJobs extends StoredAttempt {
	readonly startedAt: string | null;
	readonly githubUpdatedAt: string | null;
	/** How often GitHub was asked for them in vain, and when last; null if never. */
	readonly tries: number | null;
	readonly lookedUpAt: string | null;
}

/** Work that follows from what is stored, by the name of its list. */
interface WorkItems {
	readonly unfinishedRuns: StoredAttempt;
	readonly missingAttempts: StoredAttempt;
	readonly attemptsWithoutJobs: AttemptWithoutJobs;
	readonly storedCommits: { readonly sha: string };
}

export type WorkListName = keyof WorkItems;
export type WorkItem<Name extends WorkListName> = WorkItems[Name];

/** Goes through attempts from the newest to the oldest. */
const newestFirst = `($3::timestamptz IS NULL OR (run_created_at, github_run_id, run_attempt) < ($3::timestamptz, $4::bigint, $5::integer))
ORDER BY run_created_at DESC, github_run_id DESC, run_attempt DESC LIMIT $2`;

const attemptKey = ["runCreatedAt", "githubRunId", "runAttempt"];

/**
 * The list of work-lists; a new one is an entry here and its items above. They are read in pages by key, so that a cursor
 * need not remember them: $1 is the repository's id, $2 the size of a page, then the key after which to go on, null at first.
 */
const workLists: Readonly<Record<WorkListName, { readonly key: readonly string[]; readonly statement: string }>> = {
	/** Attempts that were not completed when they were last looked at, and have not vanished since. */
	unfinishedRuns: {
		key: attemptKey,
		statement: `SELECT github_run_id AS "githubRunId", run_attempt AS "runAttempt", run_created_at AS "runCreatedAt"
FROM workflow_runs
WHERE repository_id = $1 AND status IS DISTINCT FROM 'completed' AND conclusion IS NULL AND gone_at IS NULL AND ${newestFirst}`,
	},
	/** Earlier attempts of re-run runs that are not stored: a list of runs has only the newest attempt of each. */
	missingAttempts: {
		key: attemptKey,
		statement: `WITH rerun AS (
SELECT github_run_id, run_created_at, generate_series(1, max(run_attempt) - 1) AS run_attempt
FROM workflow_runs WHERE repository_id = $1 AND run_attempt > 1 GROUP BY github_run_id, run_created_at)
SELECT github_run_id AS "githubRunId", run_attempt AS "runAttempt", run_created_at AS "runCreatedAt"
FROM rerun WHERE NOT EXISTS (SELECT 1 FROM workflow_runs AS held
WHERE held.github_run_id = rerun.github_run_id AND held.run_attempt = rerun.run_attempt) AND ${newestFirst}`,
	},
	/** Finished attempts whose jobs were not asked for yet, or in vain. */
	attemptsWithoutJobs: {
		key: attemptKey,
		statement: `WITH finished AS (
SELECT github_run_id, run_attempt, run_created_at, started_at, github_updated_at FROM workflow_runs
WHERE repository_id = $1 AND (status = 'completed' OR conclusion IS NOT NULL) AND gone_at IS NULL)
SELECT github_run_id AS "githubRunId", run_attempt AS "runAttempt", finished.run_created_at AS "runCreatedAt",
started_at AS "startedAt", github_updated_at AS "githubUpdatedAt", tries, looked_up_at AS "lookedUpAt"
FROM finished LEFT JOIN (SELECT github_run_id, run_attempt, state, tries, looked_up_at FROM job_lookups WHERE repository_id = $1) AS lookup
USING (github_run_id, run_attempt)
WHERE (state IS NULL OR state = 'failed') AND ${newestFirst}`,
	},
	/** All commits. */
	storedCommits: {
		key: ["sha"],
		statement: `SELECT sha FROM commits WHERE repository_id = $1 AND ($3::text IS NULL OR sha > $3) ORDER BY sha LIMIT $2`,
	},
};

const pageSize = 500;

/** The items of a work-list for one repository, by GitHub's id of it. Working on them may change rows that were read, never rows still to come. */
export async function* readWorkList<Name extends WorkListName>(
	db: Queryable,
	name: Name,
	repositoryId: number,
): AsyncIterable<WorkItem<Name>> {
	const { key, statement } = workLists[name];
	let after: readonly Parameter[] = key.map(() => null);
	for (;;) {
		const parameters = [repositoryId, pageSize, ...after];
		const items = await db.query<WorkItem<Name> & Readonly<Record<string, Parameter>>>(statement, parameters);
		yield* items;
		const last = items.at(-1);
		if (!last || items.length < pageSize) return;
		after = key.map((property) => last[property] ?? null);
	}
}
