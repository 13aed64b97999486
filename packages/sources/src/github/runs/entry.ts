import type { Rows } from "@tidemark/db";
import { z } from "zod";
import { forgiving, inRepository, instant, login, maybeInstant, text } from "../shapes.ts";

const integer = forgiving(z.number().int());

/** What is used of a run as GitHub answers it; `pickFields` leaves out everything else. */
export const answeredRun = z.object({
	id: z.number().int(),
	run_attempt: integer,
	workflow_id: integer,
	name: text,
	path: text,
	run_number: integer,
	display_title: text,
	head_branch: text,
	head_sha: text,
	head_repository: forgiving(z.object({ full_name: z.string() })),
	event: text,
	status: text,
	conclusion: text,
	actor: login,
	triggering_actor: login,
	pull_requests: forgiving(z.array(z.object({ number: z.number().int() }))),
	created_at: instant,
	run_started_at: maybeInstant,
	updated_at: maybeInstant,
	check_suite_node_id: text,
	html_url: text,
});

export const runEntry = z.discriminatedUnion("kind", [
	z.object({
		kind: z.literal("repository"),
		repository: inRepository.extend({
			defaultBranch: z.string().nullable(),
			visibility: z.string().nullable(),
			archived: z.boolean().nullable(),
		}),
		sweptAt: instant.nullable(),
	}),
	z.object({ kind: z.literal("run"), repository: inRepository, run: answeredRun }),
	z.object({
		kind: z.literal("gone"),
		repository: inRepository,
		githubRunId: z.number().int(),
		runAttempt: z.number().int(),
		runCreatedAt: instant,
		goneAt: instant,
	}),
]);

export type RunEntry = z.infer<typeof runEntry>;

/** What completes an attempt - its end, duration and queue time - is not among it: only its jobs know it (`github:jobs`). */
export function runRows(entry: RunEntry): Rows {
	const { id: repositoryId, name: repository } = entry.repository;
	if (entry.kind === "repository") {
		const { defaultBranch, visibility, archived } = entry.repository;
		return {
			repositories: [{ repositoryId, repository, defaultBranch, visibility, archived, sweptAt: entry.sweptAt }],
		};
	}
	if (entry.kind === "gone") {
		const { githubRunId, runAttempt, runCreatedAt, goneAt } = entry;
		return { workflow_runs: [{ githubRunId, runAttempt, repositoryId, repository, runCreatedAt, goneAt }] };
	}
	const { run } = entry;
	return {
		workflow_runs: [
			{
				githubRunId: run.id,
				runAttempt: run.run_attempt ?? 1,
				repositoryId,
				repository,
				workflowId: run.workflow_id,
				workflowName: run.name,
				workflowPath: run.path,
				runNumber: run.run_number,
				displayTitle: run.display_title,
				branch: run.head_branch,
				commitSha: run.head_sha,
				headRepository: run.head_repository?.full_name ?? null,
				eventType: run.event,
				status: run.status,
				conclusion: run.conclusion,
				actor: run.actor,
				triggeringActor: run.triggering_actor,
				pullRequests: run.pull_requests?.map(({ number }) => number) ?? null,
				runCreatedAt: run.created_at,
				startedAt: run.run_started_at,
				githubUpdatedAt: run.updated_at,
				checkSuiteNodeId: run.check_suite_node_id,
				htmlUrl: run.html_url,
			},
		],
	};
}
