import type { SimulatedRepository } from "../script/repository.ts";
import type { PullFacts } from "../script/stored-pull.ts";
import { type JsonObject, nodeId } from "../view/json.ts";
import { type ConnectionArguments, connection } from "./connection.ts";
import { pullNode } from "./pull.ts";

interface PullArguments extends ConnectionArguments {
	readonly states?: readonly string[] | null;
	readonly orderBy?: { readonly field: string; readonly direction: "ASC" | "DESC" } | null;
}

/** A repository as GraphQL resolves it. */
export function repositoryNode(repository: SimulatedRepository, now: number): JsonObject {
	return {
		__typename: "Repository",
		id: nodeId("R", repository.id),
		databaseId: repository.id,
		nameWithOwner: repository.fullName,
		isPrivate: repository.facts().isPrivate,
		isArchived: repository.facts().isArchived,
		pullRequest: ({ number }: { number: number }) => {
			const pull = repository.pulls.get(number);
			return pull && pull.createdAt <= now ? pullNode(pull, now) : null;
		},
		pullRequests: ({ states, orderBy, ...given }: PullArguments) => {
			const seen = [...repository.pulls.values()]
				.filter(({ createdAt }) => createdAt <= now)
				.map((pull) => ({ pull, facts: pull.facts(now) }))
				.filter(({ facts }) => states?.includes(stateOf(facts)) ?? true)
				.sort((one, other) => timeOf(one.facts, orderBy?.field) - timeOf(other.facts, orderBy?.field));
			const ordered = orderBy?.direction === "DESC" ? seen.reverse() : seen;
			const page = connection(ordered, given, "pullRequests");
			return { ...page, nodes: page.nodes.map(({ pull }) => pullNode(pull, now)) };
		},
	};
}

function timeOf({ createdAt, updatedAt }: PullFacts, field: string | undefined): number {
	return field === "UPDATED_AT" ? updatedAt : createdAt;
}

function stateOf({ isOpen, mergedAt }: PullFacts): string {
	if (isOpen) return "OPEN";
	return mergedAt === null ? "CLOSED" : "MERGED";
}
