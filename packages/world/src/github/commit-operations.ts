import { ApiError, notFound, Violation } from "./api-error.ts";
import type { Answer, RepositoryCall } from "./call.ts";
import { millis } from "./json.ts";
import { rowsOfPage } from "./paging.ts";

/** Those that can be reached from a branch or commit; since and until go by the committer's date and belong to it. */
export function listCommits({ repository, query, page, now }: RepositoryCall): Answer {
	const { history, defaultBranch } = repository;
	const isUnborn = repository.isEmpty && history.headAt(defaultBranch, now) === undefined;
	if (isUnborn) throw new ApiError(409, "Git Repository is empty.");
	for (const name of ["path", "author", "committer"]) {
		if (query.has(name)) throw new Violation(`Commits by ${name} are not simulated`);
	}
	const name = query.get("sha") ?? defaultBranch;
	const commits = history.list(name, now);
	if (!commits) {
		if (query.has("sha")) throw notFound();
		return { body: [], reachable: 0 };
	}
	const since = millis(query.get("since") ?? "1970-01-01T00:00:00Z");
	const until = millis(query.get("until") ?? "2099-12-31T23:59:59Z");
	const matching = commits.filter(({ committedAt }) => since <= committedAt && committedAt <= until);
	return { body: rowsOfPage(matching, page).map(({ view }) => view), reachable: matching.length };
}
