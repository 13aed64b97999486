import {
	bigint,
	boolean,
	doublePrecision,
	index,
	integer,
	jsonb,
	pgTable,
	primaryKey,
	text,
} from "drizzle-orm/pg-core";
import { rulesOf } from "./rules.ts";
import { instant, stamps } from "./stamps.ts";

const githubId = () => bigint({ mode: "number" });

/** One attempt of one GitHub Actions run. GitHub answers null for almost everything but the ids, so almost everything may be null. */
export const workflowRuns = pgTable(
	"workflow_runs",
	{
		githubRunId: githubId().notNull(),
		runAttempt: integer().notNull(),
		repositoryId: githubId().notNull(),
		repository: text().notNull(),
		workflowId: githubId(),
		workflowName: text(),
		workflowPath: text(),
		runNumber: integer(),
		displayTitle: text(),
		branch: text(),
		commitSha: text(),
		headRepository: text(),
		eventType: text(),
		status: text(),
		conclusion: text(),
		actor: text(),
		triggeringActor: text(),
		pullRequests: jsonb(),
		runCreatedAt: instant().notNull(),
		startedAt: instant(),
		completedAt: instant(),
		completedAtIsEstimate: boolean(),
		durationSeconds: doublePrecision(),
		queueSeconds: doublePrecision(),
		githubUpdatedAt: instant(),
		goneAt: instant(),
		checkSuiteNodeId: text(),
		htmlUrl: text(),
		...stamps(),
	},
	(table) => [
		primaryKey({ name: "workflow_runs_identity", columns: [table.githubRunId, table.runAttempt] }),
		index("workflow_runs_by_run_created_at").on(table.runCreatedAt),
		// The unfinished ones and those re-run are few among many; whoever asks for them names the repository.
		index("workflow_runs_by_repository").on(table.repositoryId, table.runCreatedAt),
	],
);

export const workflowRunRules = rulesOf(workflowRuns, {
	time: "runCreatedAt",
	// Runs and jobs each know a part of it: what one of them does not say takes nothing away.
	keep: "all",
	// A page that was listed earlier must not set a finished attempt back to unfinished.
	newer: "githubUpdatedAt",
});
