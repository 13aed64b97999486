import type { RunFacts, StoredRun } from "../script/stored-run.ts";
import { parseCreated } from "./created-range.ts";

type Matches = (run: RunFacts, value: string) => boolean;

const filters: Readonly<Record<string, Matches>> = {
	actor: ({ actor }, value) => actor?.toLowerCase() === value.toLowerCase(),
	branch: ({ branch }, value) => branch === value,
	check_suite_id: ({ checkSuiteId }, value) => String(checkSuiteId) === value,
	event: ({ event }, value) => event === value,
	head_sha: ({ headSha }, value) => headSha === value,
	status: ({ status, conclusion }, value) => status === value || conclusion === value,
};

/** Whether a list is served by the search index. `exclude_pull_requests` alone does not make it so. */
export function isFiltered(query: URLSearchParams): boolean {
	return query.has("created") || Object.keys(filters).some((name) => query.has(name));
}

/** The runs that a query asks for, in their order. */
export function filterRuns(runs: readonly StoredRun[], query: URLSearchParams, now: number): readonly StoredRun[] {
	const created = query.get("created");
	const isWithin = created === null ? undefined : parseCreated(created);
	const given = Object.entries(filters).flatMap(([name, matches]) => {
		const value = query.get(name);
		return value === null ? [] : [{ matches, value }];
	});
	return runs.filter((run) => {
		if (isWithin && !isWithin(run.createdAt)) return false;
		if (given.length === 0) return true;
		const facts = run.facts(now);
		return given.every(({ matches, value }) => matches(facts, value));
	});
}
