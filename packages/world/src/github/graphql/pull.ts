import type { IssueEvent, PullCommit, StoredPull } from "../script/stored-pull.ts";
import { encodeNodeId, formatTime, type JsonObject } from "../view/json.ts";
import { type ConnectionArguments, pageConnection } from "./connection.ts";
import { githubSchema } from "./schema.ts";

interface TimelineArguments extends ConnectionArguments {
	readonly itemTypes?: readonly string[] | null;
	readonly since?: string | null;
}

/** A pull request as GraphQL resolves it. */
export function resolvePull(pull: StoredPull, now: number): JsonObject {
	const facts = pull.facts(now);
	return {
		__typename: "PullRequest",
		id: facts.nodeId,
		number: facts.number,
		title: facts.title,
		state: facts.isOpen ? "OPEN" : facts.mergedAt === null ? "CLOSED" : "MERGED",
		isDraft: facts.isDraft,
		merged: facts.mergedAt !== null,
		closed: !facts.isOpen,
		additions: facts.additions,
		deletions: facts.deletions,
		changedFiles: facts.changedFiles,
		createdAt: formatTime(facts.createdAt),
		updatedAt: formatTime(facts.updatedAt),
		closedAt: facts.closedAt === null ? null : formatTime(facts.closedAt),
		mergedAt: facts.mergedAt === null ? null : formatTime(facts.mergedAt),
		author: resolveActor(facts.author),
		headRefName: facts.headRef,
		headRefOid: facts.headSha,
		baseRefName: facts.baseRef,
		headRepository:
			facts.headRepository === null ? null : { __typename: "Repository", nameWithOwner: facts.headRepository },
		// Only a merged pull request has a merge commit here; the test merge of others does not count.
		mergeCommit:
			facts.mergedAt === null || facts.mergeCommitSha === null
				? null
				: resolveCommit({
						sha: facts.mergeCommitSha,
						authoredAt: facts.mergedAt,
						committedAt: facts.mergedAt,
						message: "Merge",
					}),
		commits: (given: ConnectionArguments) =>
			pageConnection(
				facts.commits.map((commit) => ({
					id: encodeNodeId("C", pull.nodeId, commit.sha),
					commit: resolveCommit(commit),
				})),
				given,
				"commits",
			),
		timelineItems: (given: TimelineArguments) => {
			const items = pull.events(now).map(timelineItem);
			const asked = items.filter(
				({ __typename, type, createdAt }) =>
					githubSchema.getType(__typename) !== undefined &&
					(given.itemTypes?.includes(type) ?? true) &&
					(given.since == null || createdAt >= given.since),
			);
			return { ...pageConnection(asked, given, "timelineItems"), filteredCount: asked.length };
		},
	};
}

/** `head_ref_force_pushed` as `HeadRefForcePushedEvent`, asked for as `HEAD_REF_FORCE_PUSHED_EVENT`. */
function timelineItem({ id, at, kind, actor }: IssueEvent) {
	const name = kind.replaceAll(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
	return {
		__typename: `${name}Event`,
		type: `${kind.toUpperCase()}_EVENT`,
		id: encodeNodeId("E", id),
		createdAt: formatTime(at),
		actor: resolveActor(actor),
	};
}

function resolveCommit({ sha, authoredAt, committedAt, message }: PullCommit): JsonObject {
	return {
		id: encodeNodeId("C", sha),
		oid: sha,
		message,
		authoredDate: formatTime(authoredAt),
		committedDate: formatTime(committedAt),
	};
}

/** Null for an account that is gone, as on GitHub. */
function resolveActor(login: string | null): JsonObject | null {
	if (login === null) return null;
	// GraphQL names an app without the "[bot]" that REST appends.
	const isBot = login.endsWith("[bot]");
	return {
		__typename: isBot ? "Bot" : "User",
		id: encodeNodeId("U", login),
		login: isBot ? login.slice(0, -"[bot]".length) : login,
	};
}
