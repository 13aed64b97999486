import type { JsonObject } from "../view/json.ts";

/** A commit of a world. Times are milliseconds. */
export interface StoredCommit {
	readonly sha: string;
	readonly parents: readonly string[];
	/** By the committer's clock; may differ from the time when it came to the branch. */
	readonly committedAt: number;
	readonly view: JsonObject;
}

/** The commits of a repository, and the heads of its branches over time. */
export class History {
	readonly #commits = new Map<string, StoredCommit>();
	readonly #heads = new Map<string, { at: number; sha: string }[]>();
	readonly #loose: StoredCommit[] = [];
	#walked: { readonly key: string; readonly commits: readonly StoredCommit[] } | undefined;

	add(commit: StoredCommit): void {
		this.#commits.set(commit.sha, commit);
	}

	/** Adds a recorded commit, whose parents may be missing: it is listed from its committer's date on. */
	addLoose(commit: StoredCommit): void {
		this.add(commit);
		this.#loose.push(commit);
	}

	/** From a moment on the branch points there. Where it pointed before may not be reachable any more: a force push. */
	setHead(branch: string, sha: string, at: number): void {
		const heads = this.#heads.get(branch) ?? [];
		heads.push({ at, sha });
		heads.sort((one, other) => one.at - other.at);
		this.#heads.set(branch, heads);
	}

	headAt(branch: string, now: number): string | undefined {
		return this.#heads.get(branch)?.findLast(({ at }) => at <= now)?.sha;
	}

	/**
	 * What is reachable from a branch or a commit, in git's order: children before parents, otherwise the latest
	 * committer date first. Undefined for a name that is neither.
	 */
	list(name: string, now: number): readonly StoredCommit[] | undefined {
		const head = this.headAt(name, now) ?? (this.#commits.has(name) ? name : undefined);
		const loose = this.#loose.filter(({ committedAt }) => committedAt <= now);
		if (head === undefined && loose.length === 0) return undefined;
		const key = `${head} ${this.#commits.size} ${loose.length}`;
		if (this.#walked?.key !== key) {
			const heads = [...(head === undefined ? [] : [head]), ...loose.map(({ sha }) => sha)];
			this.#walked = { key, commits: inGitsOrder(this.#reachable(heads)) };
		}
		return this.#walked.commits;
	}

	#reachable(heads: readonly string[]): readonly StoredCommit[] {
		const found = new Set<StoredCommit>();
		const waiting = [...heads];
		for (let sha = waiting.pop(); sha !== undefined; sha = waiting.pop()) {
			const commit = this.#commits.get(sha);
			if (!commit || found.has(commit)) continue;
			found.add(commit);
			waiting.push(...commit.parents);
		}
		return [...found];
	}
}

/** `git log --date-order`: of the commits whose children have all been listed the latest comes next. */
function inGitsOrder(commits: readonly StoredCommit[]): readonly StoredCommit[] {
	const bySha = new Map(commits.map((commit) => [commit.sha, commit]));
	const children = new Map<string, number>();
	for (const { parents } of commits) for (const sha of parents) children.set(sha, (children.get(sha) ?? 0) + 1);
	const ready: StoredCommit[] = [];
	for (const commit of commits) if (!children.has(commit.sha)) insert(ready, commit);
	const listed: StoredCommit[] = [];
	for (let commit = ready.pop(); commit; commit = ready.pop()) {
		listed.push(commit);
		for (const sha of commit.parents) {
			const left = (children.get(sha) ?? 0) - 1;
			children.set(sha, left);
			const parent = bySha.get(sha);
			if (left === 0 && parent) insert(ready, parent);
		}
	}
	return listed;
}

/** Inserts into an array that ends with the latest. */
function insert(ready: StoredCommit[], commit: StoredCommit): void {
	const after = ready.findLastIndex(({ committedAt }) => committedAt <= commit.committedAt);
	ready.splice(after + 1, 0, commit);
}
