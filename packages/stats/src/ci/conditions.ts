// What attempts of runs are, said once, as SQL over workflow_runs. S and F in the formulas are `success` and `failure`.

/** S. */
export function hasSucceeded(conclusion: string): string {
	return `${conclusion} = 'success'`;
}

/** F. Everything else - cancelled, skipped, neutral, what GitHub adds one day - is neither. */
export function hasFailed(conclusion: string): string {
	return `${conclusion} IN (${failures.map((failure) => `'${failure}'`).join(", ")})`;
}

const failures = ["failure", "timed_out", "startup_failure"];

export function isSuccess(conclusion: string): boolean {
	return conclusion === "success";
}

/** Neither S nor F. */
export function isNeither(conclusion: string): boolean {
	return !isSuccess(conclusion) && !isFailure(conclusion);
}

export function isFailure(conclusion: string): boolean {
	return failures.includes(conclusion);
}

/** False for an earlier attempt of which GitHub tells no more than that there was one: it counts in nothing. */
export const isTold = "NOT (status IS NULL AND conclusion IS NULL AND gone_at IS NOT NULL)";

/**
 * What became of an attempt: its conclusion, or why it has none. One that GitHub deleted while it ran will never have
 * one. Conclusions of GitHub are one word, so that none is taken for the other.
 */
export const outcome = `coalesce(conclusion, CASE WHEN status = 'completed' THEN 'no conclusion'
WHEN gone_at IS NOT NULL THEN 'deleted unfinished' ELSE 'not finished' END)`;

export const isFinished = "(status = 'completed' OR conclusion IS NOT NULL)";

/**
 * An attempt for the default branch itself; needs the table repositories beside it. A pull request is for another
 * branch, and the branch of a fork may be called the same.
 */
export const isOnDefaultBranch = `(branch = default_branch AND event_type IS DISTINCT FROM 'pull_request'
AND event_type IS DISTINCT FROM 'pull_request_target'
AND lower(coalesce(head_repository, workflow_runs.repository)) = lower(workflow_runs.repository))`;

/** When an attempt ended. Until its jobs are known, what GitHub last said of it stands in. */
export const endedAt = "coalesce(completed_at, github_updated_at, started_at, run_created_at)";
