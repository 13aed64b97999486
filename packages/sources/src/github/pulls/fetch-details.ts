import { z } from "zod";
import type { GithubClient } from "../api/client.ts";
import { maybeInstant } from "../shapes.ts";

/** What the list of pull requests leaves out. */
export const pullDetails = z.object({
	firstCommitAt: maybeInstant,
	reopenedCount: z.number().int(),
	commitCount: z.number().int(),
	additions: z.number().int(),
	deletions: z.number().int(),
	changedFiles: z.number().int(),
});

export type PullDetails = z.infer<typeof pullDetails>;

/** 100 pull requests for two points: by REST it would be two requests for each of them. */
const query = `query ($ids: [ID!]!) {
	nodes(ids: $ids) {
		... on PullRequest {
			id
			additions
			deletions
			changedFiles
			commits(first: 1) { totalCount nodes { commit { authoredDate } } }
			timelineItems(first: 100, itemTypes: [REOPENED_EVENT]) { nodes { __typename } }
		}
	}
}`;

const node = z
	.object({
		id: z.string(),
		additions: z.number(),
		deletions: z.number(),
		changedFiles: z.number(),
		commits: z.object({
			totalCount: z.number(),
			nodes: z.array(z.object({ commit: z.object({ authoredDate: z.string() }) }).nullable()).nullable(),
		}),
		timelineItems: z.object({ nodes: z.array(z.unknown()).nullable() }),
	})
	.transform(({ id, commits, timelineItems, ...counts }): [string, PullDetails] => {
		const firstCommitAt = commits.nodes?.[0]?.commit.authoredDate ?? null;
		const reopenedCount = timelineItems.nodes?.length ?? 0;
		return [id, { ...counts, firstCommitAt, reopenedCount, commitCount: commits.totalCount }];
	});

// A pull request that cannot be read now costs nothing but its details.
const answer = z.object({ nodes: z.array(node.nullable().catch(null)) });

/**
 * Looks up to 100 pull requests up.
 * @param ids GraphQL's ids (`node_id`)
 * @returns by id; one that GitHub leaves out is missing
 */
export async function fetchDetails(
	client: GithubClient,
	ids: readonly string[],
	signal: AbortSignal,
): Promise<ReadonlyMap<string, PullDetails>> {
	const { nodes } = answer.parse(await client.graphql(query, { ids }, signal));
	return new Map(nodes.filter((found) => found !== null));
}
