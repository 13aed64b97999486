import type { Queryable } from "@tidemark/db";
import { hasDetails, hasFailed, hasSucceeded } from "./conditions.ts";
import { type Period, periodParameters, withinPeriod } from "./period.ts";
import type { WorkflowId } from "./workflows.ts";

/** A job that both failed and succeeded for the same commit, though nothing had changed that could explain it. */
export interface FlakyJob extends WorkflowId {
	readonly name: string | null;
	/** The number of commits for which it flaked. */
	readonly commits: number;
	readonly failures: number;
	/** What these failures took. */
	readonly minutesLost: number;
}

/**
 * Lists the flaky jobs, those that flaked for the most commits first, and what the failed jobs of flaky runs took,
 * whether or not the same job succeeded later.
 *
 * Looks at the jobs of all attempts of commits with more than one. Different runs of a commit are compared only if a push
 * or a schedule started them: what a pull request is merged with may have changed in between.
 *
 * The attempts are packed into arrays because the planner expects few elements of an array, and looks their jobs up by
 * key. Left to guess it expects a third of all attempts, and scans all jobs.
 */
export async function readFlakiness(db: Queryable, period: Period): Promise<{ jobs: FlakyJob[]; minutesLost: number }> {
	const within =
		"CASE WHEN event_type IN ('push', 'schedule') AND commit_sha IS NOT NULL THEN 0 ELSE github_run_id END";
	const failed = await db.query<Omit<FlakyJob, "minutesLost"> & { secondsLost: number; secondsInFlakyRuns: number }>(
		`WITH tried AS (
SELECT github_run_id, run_attempt, repository_id, workflow_id, conclusion, min(github_run_id) OVER same_commit AS tries,
count(*) OVER same_commit AS attempts
FROM workflow_runs WHERE ${withinPeriod(period, "run_created_at")} AND ${hasDetails}
WINDOW same_commit AS (PARTITION BY repository_id, workflow_id, commit_sha, ${within})
), again AS (
SELECT *, min(run_attempt) FILTER (WHERE ${hasFailed}) OVER same_run
< max(run_attempt) FILTER (WHERE ${hasSucceeded}) OVER same_run AS is_flaky
FROM tried WHERE attempts > 1 WINDOW same_run AS (PARTITION BY github_run_id)
), packed AS (
SELECT array_agg(github_run_id) AS run_ids, array_agg(run_attempt) AS run_attempts, array_agg(tries) AS all_tries,
array_agg(repository_id) AS repository_ids, array_agg(workflow_id) AS workflow_ids, array_agg(is_flaky) AS are_flaky
FROM again
), jobs AS (
SELECT repository_id, workflow_id, job_name, count(*) FILTER (WHERE ${hasFailed}) AS failures,
count(*) FILTER (WHERE ${hasSucceeded}) AS successes,
sum(duration_seconds) FILTER (WHERE ${hasFailed}) AS seconds,
sum(duration_seconds) FILTER (WHERE ${hasFailed} AND is_flaky) AS seconds_in_flaky_runs
FROM packed CROSS JOIN unnest(run_ids, run_attempts, all_tries, repository_ids, workflow_ids, are_flaky)
AS attempt (github_run_id, run_attempt, tries, repository_id, workflow_id, is_flaky)
JOIN (SELECT github_run_id, run_attempt, job_name, conclusion, duration_seconds FROM workflow_jobs) AS job
USING (github_run_id, run_attempt)
WHERE duration_seconds IS NOT NULL GROUP BY repository_id, workflow_id, tries, job_name
)
SELECT repository_id AS "repositoryId", workflow_id AS "workflowId", job_name AS name,
count(*) FILTER (WHERE successes > 0)::int AS commits,
coalesce(sum(failures) FILTER (WHERE successes > 0), 0)::int AS failures,
coalesce(sum(seconds) FILTER (WHERE successes > 0), 0) AS "secondsLost",
coalesce(sum(seconds_in_flaky_runs), 0) AS "secondsInFlakyRuns"
FROM jobs WHERE failures > 0 GROUP BY 1, 2, 3 ORDER BY 4 DESC, 6 DESC, job_name COLLATE "C"`,
		periodParameters(period),
	);
	return {
		jobs: failed
			.filter(({ commits }) => commits > 0)
			.map(({ secondsLost, secondsInFlakyRuns: _, ...job }) => ({ ...job, minutesLost: toMinutes(secondsLost) })),
		minutesLost: toMinutes(failed.reduce((sum, { secondsInFlakyRuns }) => sum + secondsInFlakyRuns, 0)),
	};
}

function toMinutes(seconds: number): number {
	return Math.round((seconds / 60) * 1e6) / 1e6;
}
