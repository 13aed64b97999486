import { sql } from "drizzle-orm";
import { bigint, boolean, integer, pgView } from "drizzle-orm/pg-core";

/**
 * The pull requests of each attempt. GitHub names none for a run from a fork
 * (https://github.com/github/docs/issues/22501): those are inferred, by commit, or by branch while it was open.
 */
export const runPullRequests = pgView("run_pull_requests", {
	githubRunId: bigint({ mode: "number" }),
	runAttempt: integer(),
	repositoryId: bigint({ mode: "number" }),
	number: integer(),
	inferred: boolean(),
}).as(sql`SELECT github_run_id, run_attempt, repository_id, jsonb_array_elements_text(pull_requests)::integer AS number, false AS inferred
FROM workflow_runs
UNION ALL
SELECT run.github_run_id, run.run_attempt, run.repository_id, pull.number, true
FROM workflow_runs AS run JOIN pull_requests AS pull ON pull.repository_id = run.repository_id
AND (pull.head_sha = run.commit_sha OR (pull.head_repository = run.head_repository AND pull.head_branch = run.branch
AND run.run_created_at >= pull.created_at AND run.run_created_at <= coalesce(pull.closed_at, run.run_created_at)))
WHERE run.event_type IN ('pull_request', 'pull_request_target') AND coalesce(run.pull_requests, '[]') = '[]'::jsonb`);
