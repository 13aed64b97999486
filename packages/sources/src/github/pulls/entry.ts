import type { Rows } from "@tidemark/db";
import { z } from "zod";
import { forgiving, inRepository, instant, maybeInstant, text } from "../shapes.ts";
import { pullDetails } from "./fetch-details.ts";

/** What is used of a pull request in a list of GitHub; `pickFields` leaves out everything else, as its text. */
export const answeredPull = z.object({
	number: z.number().int(),
	title: text,
	state: text,
	draft: forgiving(z.boolean()),
	user: forgiving(z.object({ login: z.string(), type: text })),
	head: forgiving(z.object({ ref: text, sha: text, repo: forgiving(z.object({ full_name: z.string() })) })),
	base: forgiving(z.object({ ref: text })),
	merge_commit_sha: text,
	created_at: instant,
	updated_at: instant,
	closed_at: maybeInstant,
	merged_at: maybeInstant,
	html_url: text,
});

export const pullEntry = z.object({
	repository: inRepository,
	pull: answeredPull,
	/** Null if only the list could be read. */
	details: pullDetails.nullable(),
});

export type PullEntry = z.infer<typeof pullEntry>;

export function pullRows({ repository, pull, details }: PullEntry): Rows {
	const isMerged = pull.merged_at !== null;
	return {
		pull_requests: [
			{
				repositoryId: repository.id,
				number: pull.number,
				repository: repository.name,
				title: pull.title,
				state: pull.state,
				draft: pull.draft,
				merged: isMerged,
				author: pull.user?.login ?? null,
				authorIsBot: pull.user ? pull.user.type === "Bot" : null,
				headRepository: pull.head?.repo?.full_name ?? null,
				headBranch: pull.head?.ref ?? null,
				headSha: pull.head?.sha ?? null,
				baseBranch: pull.base?.ref ?? null,
				// Before it is merged, GitHub names a commit that it made to test whether it could be.
				mergeCommitSha: isMerged ? pull.merge_commit_sha : null,
				createdAt: pull.created_at,
				updatedAt: pull.updated_at,
				closedAt: pull.closed_at,
				mergedAt: pull.merged_at,
				lastActiveAt: pull.closed_at ?? pull.updated_at,
				htmlUrl: pull.html_url,
				...details,
			},
		],
	};
}
