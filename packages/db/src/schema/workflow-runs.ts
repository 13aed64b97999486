import { sql } from "drizzle-orm";
import { index, pgView } from "drizzle-orm/pg-core";
import { bigint, boolean, declare, double, factTable, instant, integer, json, text } from "./define.ts";

// GitHub answers null for almost everything but the ids, so almost every column may be null.
export const workflowRuns = factTable(
	"workflow_runs",
	"One attempt of one GitHub Actions run; a re-run is a row of its own. The source `github:runs` fills it, `github:jobs` the times that follow from its jobs.",
	{
		githubRunId: bigint("GitHub's id of the run. The same for all its attempts.").notNull(),
		runAttempt: integer("1 for the first try, 2 for the first re-run.").notNull(),
		repositoryId: bigint("GitHub's id of the repository.").notNull(),
		repository: text("`owner/name`, as it was called when the row was written.").notNull(),
		workflowId: bigint("GitHub's id of the workflow. It stays when the workflow is renamed."),
		workflowName: text("The workflow's name at that time."),
		workflowPath: text("The workflow's file, such as `.github/workflows/ci.yml`."),
		runNumber: integer("Counts the runs of one workflow."),
		displayTitle: text("The title GitHub shows for the run."),
		branch: text("The branch the run was for."),
		commitSha: text("The commit the run was for."),
		headRepository: text("`owner/name` of the commit's repository; another one for pull requests from forks."),
		eventType: text("What started it: `push`, `pull_request`, `schedule`."),
		status: text("`queued`, `in_progress`, `completed`; GitHub may add more."),
		conclusion: text("`success`, `failure`, `cancelled`, `skipped`; null until it is completed."),
		actor: text("Login of the person who caused the first attempt."),
		triggeringActor: text("Login of the person who caused this attempt."),
		pullRequests: json("The pull requests GitHub names for the run, as JSON."),
		runCreatedAt: instant("When the run was created; the same for all its attempts.").notNull(),
		startedAt: instant("When this attempt started."),
		completedAt: instant("When the last of its jobs ended."),
		completedAtIsEstimate: boolean("True if no job showed the end, so that it is only an estimate."),
		durationSeconds: double("Seconds from the start to the end of this attempt."),
		queueSeconds: double("Seconds it waited for a runner."),
		githubUpdatedAt: instant("When GitHub last changed the run."),
		goneAt: instant("When GitHub was first found to have deleted the run."),
		checkSuiteNodeId: text("GitHub's GraphQL id of the check suite."),
		htmlUrl: text("The run's page."),
	},
	{
		key: ["githubRunId", "runAttempt"],
		time: "runCreatedAt",
		// Runs and jobs each know a part of a row: what one of them does not say takes nothing away.
		keep: "all",
		// A page that was listed earlier must not set a finished attempt back to unfinished.
		newer: "githubUpdatedAt",
	},
	({ repositoryId, runCreatedAt }) => [
		// Unfinished and re-run attempts are few among many; every query for them names the repository.
		index("workflow_runs_by_repository").on(repositoryId, runCreatedAt),
	],
);

const pullRequestOfRun = {
	githubRunId: bigint("The run."),
	runAttempt: integer("The attempt."),
	repositoryId: bigint("GitHub's id of the repository."),
	number: integer("The pull request."),
	inferred: boolean("True if GitHub does not name it for the run."),
};

export const runPullRequests = declare(
	// https://github.com/github/docs/issues/22501
	pgView(
		"run_pull_requests",
		pullRequestOfRun,
	).as(sql`SELECT github_run_id, run_attempt, repository_id, jsonb_array_elements_text(pull_requests)::integer AS number, false AS inferred
FROM workflow_runs
UNION ALL
SELECT run.github_run_id, run.run_attempt, run.repository_id, pull.number, true
FROM workflow_runs AS run JOIN pull_requests AS pull ON pull.repository_id = run.repository_id
AND (pull.head_sha = run.commit_sha OR (pull.head_repository = run.head_repository AND pull.head_branch = run.branch
AND run.run_created_at >= pull.created_at AND run.run_created_at <= coalesce(pull.closed_at, run.run_created_at)))
WHERE run.event_type IN ('pull_request', 'pull_request_target') AND coalesce(run.pull_requests, '[]') = '[]'::jsonb`),
	"One pull request of one attempt. GitHub names none for a run from a fork: those are inferred, by commit, or by branch while the pull request was open.",
	pullRequestOfRun,
);
