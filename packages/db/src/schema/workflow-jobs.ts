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

/** One job of one attempt, with its steps. A job that "re-run failed jobs" carried over is a row of that attempt too, marked `copied`. */
export const workflowJobs = pgTable(
	"workflow_jobs",
	{
		githubRunId: githubId().notNull(),
		runAttempt: integer().notNull(),
		githubJobId: githubId().notNull(),
		repositoryId: githubId().notNull(),
		repository: text().notNull(),
		jobName: text(),
		status: text(),
		conclusion: text(),
		copied: boolean(),
		queuedAt: instant().notNull(),
		startedAt: instant(),
		completedAt: instant(),
		durationSeconds: doublePrecision(),
		queueSeconds: doublePrecision(),
		labels: jsonb(),
		runnerName: text(),
		runnerGroup: text(),
		steps: jsonb(),
		htmlUrl: text(),
		...stamps(),
	},
	(table) => [
		primaryKey({ name: "workflow_jobs_identity", columns: [table.githubRunId, table.runAttempt, table.githubJobId] }),
		index("workflow_jobs_by_queued_at").on(table.queuedAt),
	],
);

export const workflowJobRules = rulesOf(workflowJobs, { time: "queuedAt" });
