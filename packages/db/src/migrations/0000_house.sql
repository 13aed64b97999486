CREATE TABLE "checkpoints" (
	"source" text NOT NULL,
	"target" text NOT NULL,
	"cursor" jsonb NOT NULL,
	"floor" timestamp(6) with time zone,
	"shape" text NOT NULL,
	"reshaping" boolean NOT NULL,
	"updated_at" timestamp(6) with time zone NOT NULL,
	CONSTRAINT "checkpoints_identity" PRIMARY KEY("source","target")
);
--> statement-breakpoint
CREATE TABLE "coverage_snapshots" (
	"repository" text NOT NULL,
	"commit_sha" text NOT NULL,
	"flag" text NOT NULL,
	"branch" text,
	"created_at" timestamp(6) with time zone NOT NULL,
	"lines_covered" bigint,
	"lines_total" bigint,
	"branches_covered" bigint,
	"branches_total" bigint,
	"functions_covered" bigint,
	"functions_total" bigint,
	"line_coverage" double precision,
	"ingested_at" timestamp(6) with time zone NOT NULL,
	"changed_at" timestamp(6) with time zone NOT NULL,
	CONSTRAINT "coverage_snapshots_identity" PRIMARY KEY("repository","commit_sha","flag")
);
--> statement-breakpoint
CREATE TABLE "dead_letters" (
	"id" text PRIMARY KEY NOT NULL,
	"source" text NOT NULL,
	"target" text NOT NULL,
	"at" text NOT NULL,
	"reason" text NOT NULL,
	"entry" jsonb,
	"text" text,
	"retryable" boolean NOT NULL,
	"created_at" timestamp(6) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "ingestions" (
	"id" text PRIMARY KEY NOT NULL,
	"source" text NOT NULL,
	"target" text NOT NULL,
	"started_at" timestamp(6) with time zone NOT NULL,
	"finished_at" timestamp(6) with time zone,
	"outcome" text,
	"message" text,
	"read" bigint NOT NULL,
	"inserted" bigint NOT NULL,
	"updated" bigint NOT NULL,
	"unchanged" bigint NOT NULL,
	"expired" bigint NOT NULL,
	"skipped" bigint NOT NULL,
	"rejected" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "llm_calls" (
	"timestamp" timestamp(6) with time zone NOT NULL,
	"source" text NOT NULL,
	"source_id" text NOT NULL,
	"trace_id" text,
	"session_id" text,
	"phase" text,
	"prompt_name" text,
	"provider" text,
	"model" text,
	"operation" text,
	"input_tokens" bigint,
	"output_tokens" bigint,
	"total_tokens" bigint,
	"cache_read_tokens" bigint,
	"cache_write_tokens" bigint,
	"reasoning_tokens" bigint,
	"estimated_cost" numeric(14, 9),
	"reported_cost" numeric(14, 9),
	"price_version" text,
	"success" boolean,
	"http_status" integer,
	"error_type" text,
	"error_message" text,
	"duration_ms" double precision,
	"ttft_ms" double precision,
	"gateway_cache_hit" boolean,
	"developer" text,
	"repository" text,
	"notes" text,
	"accepted" boolean,
	"accepted_lines" integer,
	"diff_ratio" double precision,
	"metadata" jsonb,
	"ingested_at" timestamp(6) with time zone NOT NULL,
	"changed_at" timestamp(6) with time zone NOT NULL,
	CONSTRAINT "llm_calls_identity" PRIMARY KEY("timestamp","source","source_id")
);
--> statement-breakpoint
CREATE TABLE "locks" (
	"name" text PRIMARY KEY NOT NULL,
	"holder" text NOT NULL,
	"host" text NOT NULL,
	"boot_id" text NOT NULL,
	"pid" integer NOT NULL,
	"acquired_at" timestamp(6) with time zone NOT NULL,
	"expires_at" timestamp(6) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "workflow_jobs" (
	"github_run_id" bigint NOT NULL,
	"run_attempt" integer NOT NULL,
	"github_job_id" bigint NOT NULL,
	"repository" text NOT NULL,
	"job_name" text,
	"status" text,
	"conclusion" text,
	"copied" boolean,
	"queued_at" timestamp(6) with time zone NOT NULL,
	"started_at" timestamp(6) with time zone,
	"completed_at" timestamp(6) with time zone,
	"duration_seconds" double precision,
	"queue_seconds" double precision,
	"labels" jsonb,
	"runner_name" text,
	"runner_group" text,
	"steps" jsonb,
	"html_url" text,
	"ingested_at" timestamp(6) with time zone NOT NULL,
	"changed_at" timestamp(6) with time zone NOT NULL,
	CONSTRAINT "workflow_jobs_identity" PRIMARY KEY("github_run_id","run_attempt","github_job_id")
);
--> statement-breakpoint
CREATE TABLE "workflow_runs" (
	"github_run_id" bigint NOT NULL,
	"run_attempt" integer NOT NULL,
	"repository" text NOT NULL,
	"workflow_id" bigint,
	"workflow_name" text,
	"workflow_path" text,
	"run_number" integer,
	"display_title" text,
	"branch" text,
	"commit_sha" text,
	"head_repository" text,
	"event_type" text,
	"status" text,
	"conclusion" text,
	"actor" text,
	"triggering_actor" text,
	"pull_requests" jsonb,
	"run_created_at" timestamp(6) with time zone NOT NULL,
	"started_at" timestamp(6) with time zone,
	"completed_at" timestamp(6) with time zone,
	"completed_at_is_estimate" boolean,
	"duration_seconds" double precision,
	"queue_seconds" double precision,
	"github_updated_at" timestamp(6) with time zone,
	"gone_at" timestamp(6) with time zone,
	"check_suite_node_id" text,
	"html_url" text,
	"ingested_at" timestamp(6) with time zone NOT NULL,
	"changed_at" timestamp(6) with time zone NOT NULL,
	CONSTRAINT "workflow_runs_identity" PRIMARY KEY("github_run_id","run_attempt")
);
--> statement-breakpoint
CREATE INDEX "coverage_snapshots_by_created_at" ON "coverage_snapshots" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "dead_letters_by_source_target" ON "dead_letters" USING btree ("source","target");--> statement-breakpoint
CREATE INDEX "dead_letters_by_created_at" ON "dead_letters" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "ingestions_by_started_at" ON "ingestions" USING btree ("started_at");--> statement-breakpoint
CREATE INDEX "llm_calls_by_source_id" ON "llm_calls" USING btree ("source","source_id") WHERE source <> 'csv';--> statement-breakpoint
CREATE INDEX "workflow_jobs_by_queued_at" ON "workflow_jobs" USING btree ("queued_at");--> statement-breakpoint
CREATE INDEX "workflow_runs_by_run_created_at" ON "workflow_runs" USING btree ("run_created_at");