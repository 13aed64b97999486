import { parseTime } from "../../clock.ts";
import type { CommitScript } from "../script/commit-script.ts";
import { encodeNodeId, formatTime, type JsonObject, markUnchecked } from "./json.ts";
import type { RepositoryFacts } from "./repository.ts";
import { showUser } from "./user.ts";

/** A commit as lists show it: without its changes. */
export function showCommit(
	script: CommitScript,
	sha: string,
	parents: readonly string[],
	repository: RepositoryFacts,
): JsonObject {
	const { apiUrl, fullName } = repository;
	const { committedAt, authoredAt = committedAt, author = "octocat", committer = author } = script;
	const url = `${apiUrl}/repos/${fullName}`;
	const html = `https://github.com/${fullName}/commit`;
	const view = {
		sha,
		node_id: encodeNodeId("C", sha),
		commit: {
			author: signature(author, authoredAt),
			committer: signature(committer, committedAt),
			message: script.message ?? `Change ${sha.slice(0, 7)}`,
			tree: { sha, url: `${url}/git/trees/${sha}` },
			url: `${url}/git/commits/${sha}`,
			comment_count: 0,
			verification: { verified: false, reason: "unsigned", signature: null, payload: null, verified_at: null },
		},
		url: `${url}/commits/${sha}`,
		html_url: `${html}/${sha}`,
		comments_url: `${url}/commits/${sha}/comments`,
		author: author === null ? null : showUser(author, apiUrl),
		committer: committer === null ? null : showUser(committer, apiUrl),
		parents: parents.map((parent) => ({ sha: parent, url: `${url}/commits/${parent}`, html_url: `${html}/${parent}` })),
	};
	return script.override ? markUnchecked({ ...view, ...script.override }) : view;
}

function signature(login: string | null, at: string): JsonObject {
	const name = login ?? "Unknown";
	return { name, email: `${name.toLowerCase()}@example.com`, date: formatTime(parseTime(at)) };
}
