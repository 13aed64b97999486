CREATE TABLE "commits" (
	"repository_id" bigint NOT NULL,
	"sha" text NOT NULL,
	"repository" text NOT NULL,
	"title" text,
	"author" text,
	"author_name" text,
	"authored_at" timestamp(6) with time zone,
	"committer" text,
	"committed_at" timestamp(6) with time zone NOT NULL,
	"parent_count" integer,
	"html_url" text,
	"ingested_at" timestamp(6) with time zone NOT NULL,
	"changed_at" timestamp(6) with time zone NOT NULL,
	CONSTRAINT "commits_identity" PRIMARY KEY("repository_id","sha")
);
--> statement-breakpoint
CREATE TABLE "job_lookups" (
	"github_run_id" bigint NOT NULL,
	"run_attempt" integer NOT NULL,
	"repository_id" bigint NOT NULL,
	"run_created_at" timestamp(6) with time zone NOT NULL,
	"state" text NOT NULL,
	"reason" text,
	"tries" integer NOT NULL,
	"job_count" integer,
	"looked_up_at" timestamp(6) with time zone NOT NULL,
	"ingested_at" timestamp(6) with time zone NOT NULL,
	"changed_at" timestamp(6) with time zone NOT NULL,
	CONSTRAINT "job_lookups_identity" PRIMARY KEY("github_run_id","run_attempt")
);
--> statement-breakpoint
CREATE TABLE "prompt_instances" (
	"created_at" timestamp(6) with time zone NOT NULL,
	"source" text NOT NULL,
	"prompt_id" text NOT NULL,
	"original_text" text,
	"metadata" jsonb,
	"ingested_at" timestamp(6) with time zone NOT NULL,
	"changed_at" timestamp(6) with time zone NOT NULL,
	CONSTRAINT "prompt_instances_identity" PRIMARY KEY("created_at","source","prompt_id")
);
--> statement-breakpoint
CREATE TABLE "pull_requests" (
	"repository_id" bigint NOT NULL,
	"number" integer NOT NULL,
	"repository" text NOT NULL,
	"title" text,
	"state" text,
	"draft" boolean,
	"merged" boolean,
	"author" text,
	"author_is_bot" boolean,
	"head_repository" text,
	"head_branch" text,
	"head_sha" text,
	"base_branch" text,
	"merge_commit_sha" text,
	"created_at" timestamp(6) with time zone NOT NULL,
	"updated_at" timestamp(6) with time zone NOT NULL,
	"closed_at" timestamp(6) with time zone,
	"merged_at" timestamp(6) with time zone,
	"last_active_at" timestamp(6) with time zone NOT NULL,
	"first_commit_at" timestamp(6) with time zone,
	"reopened_count" integer,
	"commit_count" integer,
	"additions" integer,
	"deletions" integer,
	"changed_files" integer,
	"html_url" text,
	"ingested_at" timestamp(6) with time zone NOT NULL,
	"changed_at" timestamp(6) with time zone NOT NULL,
	CONSTRAINT "pull_requests_identity" PRIMARY KEY("repository_id","number")
);
--> statement-breakpoint
CREATE TABLE "repositories" (
	"repository_id" bigint PRIMARY KEY NOT NULL,
	"repository" text NOT NULL,
	"default_branch" text,
	"visibility" text,
	"archived" boolean,
	"swept_at" timestamp(6) with time zone,
	"ingested_at" timestamp(6) with time zone NOT NULL,
	"changed_at" timestamp(6) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "workflow_jobs" ADD COLUMN "repository_id" bigint NOT NULL;--> statement-breakpoint
ALTER TABLE "workflow_runs" ADD COLUMN "repository_id" bigint NOT NULL;--> statement-breakpoint
CREATE INDEX "commits_by_committed_at" ON "commits" USING btree ("committed_at");--> statement-breakpoint
CREATE INDEX "job_lookups_by_run_created_at" ON "job_lookups" USING btree ("run_created_at");--> statement-breakpoint
CREATE INDEX "pull_requests_by_last_active_at" ON "pull_requests" USING btree ("last_active_at");--> statement-breakpoint
CREATE INDEX "pull_requests_by_head_sha" ON "pull_requests" USING btree ("repository_id","head_sha");--> statement-breakpoint
CREATE INDEX "workflow_runs_by_repository" ON "workflow_runs" USING btree ("repository_id","run_created_at");--> statement-breakpoint
CREATE VIEW "public"."run_pull_requests" AS (SELECT github_run_id, run_attempt, repository_id, jsonb_array_elements_text(pull_requests)::integer AS number, false AS inferred
FROM workflow_runs
UNION ALL
SELECT run.github_run_id, run.run_attempt, run.repository_id, pull.number, true
FROM workflow_runs AS run JOIN pull_requests AS pull ON pull.repository_id = run.repository_id
AND (pull.head_sha = run.commit_sha OR (pull.head_repository = run.head_repository AND pull.head_branch = run.branch
AND run.run_created_at >= pull.created_at AND run.run_created_at <= coalesce(pull.closed_at, run.run_created_at)))
WHERE run.event_type IN ('pull_request', 'pull_request_target') AND coalesce(run.pull_requests, '[]') = '[]'::jsonb);