import type { SimulatedRepository } from "../script/repository.ts";
import { showRepository } from "../view/repository.ts";
import { notFound } from "./api-error.ts";
import type { Answer, Call } from "./call.ts";
import { takePage } from "./paging.ts";

/** /orgs/{org}/repos, the newest first; an account of a person is no organization. */
export function listOrganizationRepositories(call: Call, repositories: readonly SimulatedRepository[]): Answer {
	const owned = findOwned(call.params.org ?? "", repositories).filter(
		(each) => each.facts().ownerType === "Organization",
	);
	return listed(call, owned, "created", "desc");
}

/** /users/{username}/repos, by name. */
export function listUserRepositories(call: Call, repositories: readonly SimulatedRepository[]): Answer {
	return listed(call, findOwned(call.params.username ?? "", repositories), "full_name", "asc");
}

function findOwned(owner: string, repositories: readonly SimulatedRepository[]): readonly SimulatedRepository[] {
	return repositories.filter(({ fullName }) => fullName.split("/")[0]?.toLowerCase() === owner.toLowerCase());
}

function listed(
	{ query, page, token }: Call,
	owned: readonly SimulatedRepository[],
	usualSort: "created" | "full_name",
	usualDirection: "asc" | "desc",
): Answer {
	if (owned.length === 0) throw notFound();
	const sort = query.get("sort") ?? usualSort;
	// The default depends on the sort: names ascend, everything else descends.
	const direction =
		query.get("direction") ?? (sort === "full_name" ? "asc" : query.has("sort") ? "desc" : usualDirection);
	const visible = owned.filter((each) => !each.facts().isPrivate || token.seesPrivate(each.fullName));
	const sorted = visible.toSorted((one, other) =>
		sort === "full_name" ? compare(one.fullName, other.fullName) : one.id - other.id,
	);
	const ordered = direction === "desc" ? sorted.reverse() : sorted;
	return { body: takePage(ordered, page).map((each) => showRepository(each.facts())), reachable: ordered.length };
}

function compare(one: string, other: string): number {
	return one < other ? -1 : one > other ? 1 : 0;
}
