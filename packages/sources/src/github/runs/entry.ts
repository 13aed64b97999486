import type { Rows } from "@tidemark/db";
import { z } from "zod";
import { forgiving, fullName, inRepository, instant, login, maybeInstant, renameFields, text } from "../shapes.ts";

const integer = forgiving(z.number().int());
const numbered = z.object({ number: z.number().int() }).transform(({ number }) => number);

/** What is used of a run as GitHub answers it; `pickFields` leaves out everything else. */
export const runFields = {
	githubRunId: ["id", z.number().int()],
	runAttempt: ["run_attempt", integer.transform((attempt) => attempt ?? 1)],
	workflowId: ["workflow_id", integer],
	workflowName: ["name", text],
	workflowPath: ["path", text],
	runNumber: ["run_number", integer],
	displayTitle: ["display_title", text],
	branch: ["head_branch", text],
	commitSha: ["head_sha", text],
	headRepository: ["head_repository", fullName],
	eventType: ["event", text],
	status: ["status", text],
	conclusion: ["conclusion", text],
	actor: ["actor", login],
	triggeringActor: ["triggering_actor", login],
	pullRequests: ["pull_requests", forgiving(z.array(numbered))],
	runCreatedAt: ["created_at", instant],
	startedAt: ["run_started_at", maybeInstant],
	githubUpdatedAt: ["updated_at", maybeInstant],
	checkSuiteNodeId: ["check_suite_node_id", text],
	htmlUrl: ["html_url", text],
} as const;

export const answeredRun = renameFields(runFields);

export const runEntry = z.discriminatedUnion("kind", [
	z.object({
		kind: z.literal("repository"),
		repository: inRepository.and(
			z.object({
				defaultBranch: z.string().nullable(),
				visibility: z.string().nullable(),
				archived: z.boolean().nullable(),
			}),
		),
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

/** What completes an attempt - its end, duration and queue time - is not among it: only its jobs know it (`github:jobs`). */
export function makeRunRows(entry: z.infer<typeof runEntry>): Rows {
	if (entry.kind === "repository") return { repositories: [{ ...entry.repository, sweptAt: entry.sweptAt }] };
	if (entry.kind === "run") return { workflow_runs: [{ ...entry.repository, ...entry.run }] };
	const { kind: _, repository, ...gone } = entry;
	return { workflow_runs: [{ ...repository, ...gone }] };
}
