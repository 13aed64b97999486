import { index, primaryKey } from "drizzle-orm/pg-core";
import { bigint, boolean, defineRules, double, instant, integer, json, stamps, table, text } from "./define.ts";

export const workflowJobs = table(
	"workflow_jobs",
	"One job of one attempt, with its steps, from the source `github:jobs`.",
	{
		githubRunId: bigint("The run it belongs to.").notNull(),
		runAttempt: integer("The attempt it belongs to.").notNull(),
		githubJobId: bigint("GitHub's id of the job.").notNull(),
		repositoryId: bigint("GitHub's id of the repository.").notNull(),
		repository: text("`owner/name`, as it was called when the row was written.").notNull(),
		jobName: text("The job's name, with its matrix values."),
		status: text("As for a run."),
		conclusion: text("As for a run."),
		copied: boolean('True for a job that "re-run failed jobs" took over from the attempt before.'),
		queuedAt: instant("When it was queued.").notNull(),
		startedAt: instant("When a runner took it."),
		completedAt: instant("When it ended."),
		durationSeconds: double("Seconds from its start to its end."),
		queueSeconds: double("Seconds from being queued to its start."),
		labels: json("The runner labels it asked for, as JSON."),
		runnerName: text("The runner that took it."),
		runnerGroup: text("The group of that runner."),
		steps: json("Its steps, as JSON."),
		htmlUrl: text("The job's page."),
		...stamps(),
	},
	({ githubRunId, runAttempt, githubJobId, queuedAt }) => [
		primaryKey({ name: "workflow_jobs_identity", columns: [githubRunId, runAttempt, githubJobId] }),
		index("workflow_jobs_by_queued_at").on(queuedAt),
	],
);

export const workflowJobRules = defineRules(workflowJobs, { time: "queuedAt" });

export const jobLookups = table(
	"job_lookups",
	"The result of asking GitHub for the jobs of one attempt, so that an attempt without jobs is asked for once and not for ever.",
	{
		githubRunId: bigint("The run.").notNull(),
		runAttempt: integer("The attempt.").notNull(),
		repositoryId: bigint("GitHub's id of the repository.").notNull(),
		runCreatedAt: instant("When the run was created.").notNull(),
		state: text("`done`; `gone` if GitHub has deleted the jobs; `failed` if it will be asked again.").notNull(),
		reason: text("Why it failed."),
		tries: integer("How often GitHub was asked.").notNull(),
		jobCount: integer("Jobs in the answer."),
		lookedUpAt: instant("When GitHub was last asked.").notNull(),
		...stamps(),
	},
	({ githubRunId, runAttempt, runCreatedAt }) => [
		primaryKey({ name: "job_lookups_identity", columns: [githubRunId, runAttempt] }),
		index("job_lookups_by_run_created_at").on(runCreatedAt),
	],
);

export const jobLookupRules = defineRules(jobLookups, { time: "runCreatedAt" });
