import { bigint, boolean, double, factTable, instant, integer, json, text } from "./define.ts";

export const workflowJobs = factTable(
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
	},
	{ key: ["githubRunId", "runAttempt", "githubJobId"], time: "queuedAt" },
);

export const jobLookups = factTable(
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
	},
	{ key: ["githubRunId", "runAttempt"], time: "runCreatedAt" },
);
