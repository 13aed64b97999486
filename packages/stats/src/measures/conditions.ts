// What attempts of runs are, said once, as SQL over workflow_runs. S and F in the formulas are `success` and `failure`.

const failures = ["failure", "timed_out", "startup_failure"];

/** S, of an attempt or a job. */
export const hasSucceeded = "conclusion = 'success'";

/** F. Everything else - cancelled, skipped, neutral, what GitHub adds one day - is neither. */
export const hasFailed = `conclusion IN (${failures.map((failure) => `'${failure}'`).join(", ")})`;

export function isFailure(outcome: string): boolean {
	return failures.includes(outcome);
}

export function isSuccess(outcome: string): boolean {
	return outcome === "success";
}

/** False for an earlier attempt about which GitHub reports no more than that there was one: it counts in nothing. */
export const hasDetails = "NOT (status IS NULL AND conclusion IS NULL AND gone_at IS NOT NULL)";

/**
 * What became of an attempt: its conclusion, or why it has none. One that GitHub deleted while it ran will never have
 * one. GitHub's conclusions are single words, so none is taken for the other.
 */
export const outcome = `coalesce(conclusion, CASE WHEN status = 'completed' THEN 'no conclusion'
WHEN gone_at IS NOT NULL THEN 'deleted unfinished' ELSE 'not finished' END)`;

export const isFinished = "(status = 'completed' OR conclusion IS NOT NULL)";

/**
 * An attempt for the default branch itself; needs the table repositories beside it. A pull request is for another
 * branch, and the branch of a fork may have the same name.
 */
export const isOnDefaultBranch = `(branch = default_branch AND event_type IS DISTINCT FROM 'pull_request'
AND event_type IS DISTINCT FROM 'pull_request_target'
AND lower(coalesce(head_repository, workflow_runs.repository)) = lower(workflow_runs.repository))`;

/** When an attempt ended. Until its jobs are known, GitHub's last change of it stands in. */
export const endedAt = "coalesce(completed_at, github_updated_at, started_at, run_created_at)";
