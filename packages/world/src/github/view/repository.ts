import { encodeNodeId, formatTime, type JsonObject } from "./json.ts";
import { showUser } from "./user.ts";

/** What the views of a repository are made of. */
export interface RepositoryFacts {
	readonly id: number;
	/** `owner/name`. */
	readonly fullName: string;
	readonly ownerType: "User" | "Organization";
	readonly defaultBranch: string;
	readonly isPrivate: boolean;
	readonly isArchived: boolean;
	readonly isFork: boolean;
	readonly createdAt: number;
	readonly apiUrl: string;
}

const addresses: Readonly<Record<string, string>> = {
	archive_url: "/{archive_format}{/ref}",
	assignees_url: "/assignees{/user}",
	blobs_url: "/git/blobs{/sha}",
	branches_url: "/branches{/branch}",
	collaborators_url: "/collaborators{/collaborator}",
	comments_url: "/comments{/number}",
	commits_url: "/commits{/sha}",
	compare_url: "/compare/{base}...{head}",
	contents_url: "/contents/{+path}",
	contributors_url: "/contributors",
	deployments_url: "/deployments",
	downloads_url: "/downloads",
	events_url: "/events",
	forks_url: "/forks",
	git_commits_url: "/git/commits{/sha}",
	git_refs_url: "/git/refs{/sha}",
	git_tags_url: "/git/tags{/sha}",
	hooks_url: "/hooks",
	issue_comment_url: "/issues/comments{/number}",
	issue_events_url: "/issues/events{/number}",
	issues_url: "/issues{/number}",
	keys_url: "/keys{/key_id}",
	labels_url: "/labels{/name}",
	languages_url: "/languages",
	merges_url: "/merges",
	milestones_url: "/milestones{/number}",
	notifications_url: "/notifications{?since,all,participating}",
	pulls_url: "/pulls{/number}",
	releases_url: "/releases{/id}",
	stargazers_url: "/stargazers",
	statuses_url: "/statuses/{sha}",
	subscribers_url: "/subscribers",
	subscription_url: "/subscription",
	tags_url: "/tags",
	teams_url: "/teams",
	trees_url: "/git/trees{/sha}",
};

const minimalViews = new WeakMap<RepositoryFacts, JsonObject>();

/** The short form in runs; made once for the same facts, because every run of a page shows it twice. */
export function showMinimalRepository(facts: RepositoryFacts): JsonObject {
	const known = minimalViews.get(facts) ?? buildMinimal(facts);
	minimalViews.set(facts, known);
	return known;
}

function buildMinimal(facts: RepositoryFacts): JsonObject {
	const { id, fullName, apiUrl } = facts;
	const [owner = "", name = ""] = fullName.split("/");
	const url = `${apiUrl}/repos/${fullName}`;
	return {
		id,
		node_id: encodeNodeId("R", id),
		name,
		full_name: fullName,
		private: facts.isPrivate,
		owner: showUser(owner, apiUrl, facts.ownerType),
		html_url: `https://github.com/${fullName}`,
		description: null,
		fork: facts.isFork,
		url,
		...Object.fromEntries(Object.entries(addresses).map(([key, suffix]) => [key, url + suffix])),
	};
}

/** The form in pull requests and in lists of repositories. */
export function showRepository(facts: RepositoryFacts): JsonObject {
	const html = `github.com/${facts.fullName}`;
	return {
		...showMinimalRepository(facts),
		created_at: formatTime(facts.createdAt),
		updated_at: formatTime(facts.createdAt),
		pushed_at: formatTime(facts.createdAt),
		git_url: `git://${html}.git`,
		ssh_url: `git@github.com:${facts.fullName}.git`,
		clone_url: `https://${html}.git`,
		svn_url: `https://${html}`,
		mirror_url: null,
		homepage: null,
		size: 108,
		stargazers_count: 0,
		watchers_count: 0,
		language: null,
		has_issues: true,
		has_projects: true,
		has_downloads: true,
		has_wiki: false,
		has_pages: false,
		has_discussions: false,
		forks_count: 0,
		archived: facts.isArchived,
		disabled: false,
		open_issues_count: 0,
		license: null,
		visibility: facts.isPrivate ? "private" : "public",
		forks: 0,
		open_issues: 0,
		watchers: 0,
		default_branch: facts.defaultBranch,
	};
}

/** The form in the answer to a request for one repository. */
export function showFullRepository(facts: RepositoryFacts): JsonObject {
	return { ...showRepository(facts), network_count: 0, subscribers_count: 0 };
}
