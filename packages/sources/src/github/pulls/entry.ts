import type { Rows } from "@tidemark/db";
import { z } from "zod";
import { forgiving, fullName, inRepository, instant, maybeInstant, renameFields, text } from "../shapes.ts";
import { pullDetails } from "./fetch-details.ts";

/** What is used of a pull request in a list of GitHub; `pickFields` leaves out everything else, as its text. */
export const pullFields = {
	number: ["number", z.number().int()],
	title: ["title", text],
	state: ["state", text],
	draft: ["draft", forgiving(z.boolean())],
	user: ["user", forgiving(z.object({ login: z.string(), type: text }))],
	head: ["head", forgiving(z.object({ ref: text, sha: text, repo: fullName }))],
	baseBranch: ["base", forgiving(z.object({ ref: text }).transform(({ ref }) => ref))],
	mergeCommitSha: ["merge_commit_sha", text],
	createdAt: ["created_at", instant],
	updatedAt: ["updated_at", instant],
	closedAt: ["closed_at", maybeInstant],
	mergedAt: ["merged_at", maybeInstant],
	htmlUrl: ["html_url", text],
} as const;

export const answeredPull = renameFields(pullFields);

export const pullEntry = z.object({
	repository: inRepository,
	pull: answeredPull,
	/** Null if only the list could be read. */
	details: pullDetails.nullable(),
});

export function makePullRows({ repository, pull, details }: z.infer<typeof pullEntry>): Rows {
	const { user, head, ...columns } = pull;
	const isMerged = pull.mergedAt !== null;
	return {
		pull_requests: [
			{
				...repository,
				...columns,
				merged: isMerged,
				author: user?.login ?? null,
				authorIsBot: user && user.type === "Bot",
				headRepository: head?.repo ?? null,
				headBranch: head?.ref ?? null,
				headSha: head?.sha ?? null,
				// Before it is merged, GitHub names a commit that it made to test whether it could be.
				mergeCommitSha: isMerged ? pull.mergeCommitSha : null,
				lastActiveAt: pull.closedAt ?? pull.updatedAt,
				...details,
			},
		],
	};
}
