import type { PullScript } from "../script/pull-script.ts";
import type { PullFacts } from "../script/stored-pull.ts";
import { formatTime, type JsonObject, markUnchecked } from "./json.ts";
import { type RepositoryFacts, showRepository } from "./repository.ts";
import { showUser } from "./user.ts";

/** The part of a pull request that never changes. */
interface ShownPull {
	readonly id: number;
	readonly nodeId: string;
	readonly script: PullScript;
}

/** A pull request as lists show it: with `merged_at`, but without `merged` and without counts. */
export function showPull({ id, nodeId, script }: ShownPull, facts: PullFacts, repository: RepositoryFacts): JsonObject {
	const { number, closedAt, mergedAt, author } = facts;
	const { fullName, apiUrl } = repository;
	const url = `${apiUrl}/repos/${fullName}/pulls/${number}`;
	const issueUrl = `${apiUrl}/repos/${fullName}/issues/${number}`;
	const html = `https://github.com/${fullName}/pull/${number}`;
	const statuses = `${apiUrl}/repos/${fullName}/statuses/${facts.headSha}`;
	const [owner = ""] = fullName.split("/");
	const base = showRepository(repository);
	const view = {
		url,
		id,
		node_id: nodeId,
		html_url: html,
		diff_url: `${html}.diff`,
		patch_url: `${html}.patch`,
		issue_url: issueUrl,
		number,
		state: facts.isOpen ? "open" : "closed",
		locked: false,
		title: facts.title,
		user: author === null ? null : showUser(author, apiUrl),
		body: script.body ?? null,
		created_at: formatTime(facts.createdAt),
		updated_at: formatTime(facts.updatedAt),
		closed_at: closedAt === null ? null : formatTime(closedAt),
		merged_at: mergedAt === null ? null : formatTime(mergedAt),
		merge_commit_sha: facts.mergeCommitSha,
		assignee: null,
		assignees: [],
		requested_reviewers: [],
		requested_teams: [],
		labels: (script.labels ?? []).map((name, index) => label(name, index, apiUrl, fullName)),
		milestone: null,
		draft: facts.isDraft,
		commits_url: `${url}/commits`,
		review_comments_url: `${url}/comments`,
		review_comment_url: `${apiUrl}/repos/${fullName}/pulls/comments{/number}`,
		comments_url: `${issueUrl}/comments`,
		statuses_url: statuses,
		head: headView(facts, repository, base),
		base: {
			label: `${owner}:${facts.baseRef}`,
			ref: facts.baseRef,
			sha: script.base?.sha ?? "0".repeat(40),
			user: showUser(owner, apiUrl, repository.ownerType),
			repo: base,
		},
		_links: {
			self: { href: url },
			html: { href: html },
			issue: { href: issueUrl },
			comments: { href: `${issueUrl}/comments` },
			review_comments: { href: `${url}/comments` },
			review_comment: { href: `${apiUrl}/repos/${fullName}/pulls/comments{/number}` },
			commits: { href: `${url}/commits` },
			statuses: { href: statuses },
		},
		author_association: "CONTRIBUTOR",
		auto_merge: null,
		active_lock_reason: null,
	};
	return script.override ? markUnchecked({ ...view, ...script.override }) : view;
}

function headView(
	{ headRef, headSha, headRepository }: PullFacts,
	home: RepositoryFacts,
	base: JsonObject,
): JsonObject {
	if (headRepository === null)
		return { label: `unknown repository:${headRef}`, ref: headRef, sha: headSha, user: null, repo: null };
	const [owner = ""] = headRepository.split("/");
	const isOwn = headRepository === home.fullName;
	const ownerType = isOwn ? home.ownerType : "User";
	return {
		label: `${owner}:${headRef}`,
		ref: headRef,
		sha: headSha,
		user: showUser(owner, home.apiUrl, ownerType),
		repo: isOwn
			? base
			: showRepository({ ...home, id: home.id + 1, fullName: headRepository, ownerType, isFork: true }),
	};
}

function label(name: string, index: number, apiUrl: string, fullName: string): JsonObject {
	const url = `${apiUrl}/repos/${fullName}/labels/${encodeURIComponent(name)}`;
	return { id: index + 1, node_id: `LA_${index + 1}`, url, name, description: "", color: "ededed", default: false };
}

/** The short form in which runs name a pull request. */
export function showPullReference({ id }: ShownPull, facts: PullFacts, repository: RepositoryFacts): JsonObject {
	const { fullName, apiUrl } = repository;
	const repo = { id: repository.id, url: `${apiUrl}/repos/${fullName}`, name: fullName.split("/")[1] ?? "" };
	return {
		id,
		number: facts.number,
		url: `${apiUrl}/repos/${fullName}/pulls/${facts.number}`,
		head: { ref: facts.headRef, sha: facts.headSha, repo },
		base: { ref: facts.baseRef, sha: "0".repeat(40), repo },
	};
}
