import type { IssueEvent, StoredPull } from "../script/stored-pull.ts";
import { encodeNodeId, formatTime, type JsonObject } from "./json.ts";
import type { RepositoryFacts } from "./repository.ts";
import { showUser } from "./user.ts";

/** An event as the list of one issue shows it. */
export function showIssueEvent(event: IssueEvent, { apiUrl, fullName }: RepositoryFacts): JsonObject {
	if (event.recorded) return event.recorded;
	const { id, at, kind, actor, commitSha } = event;
	return {
		id,
		node_id: encodeNodeId("E", id),
		url: `${apiUrl}/repos/${fullName}/issues/events/${id}`,
		actor: actor === null ? null : showUser(actor, apiUrl),
		event: kind,
		commit_id: commitSha,
		commit_url: commitSha === null ? null : `${apiUrl}/repos/${fullName}/commits/${commitSha}`,
		created_at: formatTime(at),
		performed_via_github_app: null,
	};
}

/** An event as the list of the whole repository shows it: with its issue. */
export function showIssueEventWithIssue(
	event: IssueEvent,
	pull: StoredPull,
	repository: RepositoryFacts,
	now: number,
): JsonObject {
	return event.recorded ?? { ...showIssueEvent(event, repository), issue: showIssue(pull, repository, now) };
}

function showIssue(pull: StoredPull, { apiUrl, fullName }: RepositoryFacts, now: number): JsonObject {
	const facts = pull.facts(now);
	const url = `${apiUrl}/repos/${fullName}/issues/${pull.number}`;
	const html = `https://github.com/${fullName}/pull/${pull.number}`;
	const mergedAt = facts.mergedAt === null ? null : formatTime(facts.mergedAt);
	return {
		id: pull.createdAt,
		node_id: pull.nodeId,
		url,
		repository_url: `${apiUrl}/repos/${fullName}`,
		labels_url: `${url}/labels{/name}`,
		comments_url: `${url}/comments`,
		events_url: `${url}/events`,
		html_url: html,
		number: pull.number,
		title: facts.title,
		user: facts.author === null ? null : showUser(facts.author, apiUrl),
		state: facts.isOpen ? "open" : "closed",
		locked: false,
		labels: [],
		assignee: null,
		assignees: [],
		milestone: null,
		comments: 0,
		created_at: formatTime(facts.createdAt),
		updated_at: formatTime(facts.updatedAt),
		closed_at: facts.closedAt === null ? null : formatTime(facts.closedAt),
		author_association: "CONTRIBUTOR",
		draft: facts.isDraft,
		pull_request: {
			url: `${apiUrl}/repos/${fullName}/pulls/${pull.number}`,
			html_url: html,
			diff_url: `${html}.diff`,
			patch_url: `${html}.patch`,
			merged_at: mergedAt,
		},
		body: null,
		performed_via_github_app: null,
	};
}
