import { createHash } from "node:crypto";
import { apiTime, type JsonObject, millis } from "./json.ts";
import { nodeId } from "./node-id.ts";
import type { RepositoryFacts } from "./repository-view.ts";
import { markUnchecked } from "./unchecked.ts";
import { userView } from "./users.ts";

/** A commit as a test or demo writes it. Times are ISO texts. */
export interface CommitScript {
	readonly sha?: string;
	/** Where the branch points when the commit comes to it, if not given. */
	readonly parents?: readonly string[];
	readonly committedAt: string;
	/** `committedAt` if not given. */
	readonly authoredAt?: string;
	/**
	 * When the branch came to point at it: `committedAt` if not given, later for a rebase that keeps dates. Null where no
	 * branch ever does, as for a commit that comes with a merge.
	 */
	readonly reachableFrom?: string | null;
	/** The default branch if not given. */
	readonly branch?: string;
	readonly message?: string;
	/** A login; null where the address belongs to no account. */
	readonly author?: string | null;
	readonly committer?: string | null;
	/** Put into the answered object as it is. Such an object is not held to the contract. */
	readonly override?: Readonly<Record<string, unknown>>;
}

/** A SHA that no other commit of the world has. */
export function inventedSha(repositoryId: number, ordinal: number): string {
	return createHash("sha1").update(`commit ${repositoryId} ${ordinal}`).digest("hex");
}

/** A commit as lists show it: without its changes. */
export function commitView(
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
		node_id: nodeId("C", sha),
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
		author: author === null ? null : userView(author, apiUrl),
		committer: committer === null ? null : userView(committer, apiUrl),
		parents: parents.map((parent) => ({ sha: parent, url: `${url}/commits/${parent}`, html_url: `${html}/${parent}` })),
	};
	return script.override ? markUnchecked({ ...view, ...script.override }) : view;
}

function signature(login: string | null, at: string): JsonObject {
	const name = login ?? "Unknown";
	return { name, email: `${name.toLowerCase()}@example.com`, date: apiTime(millis(at)) };
}
