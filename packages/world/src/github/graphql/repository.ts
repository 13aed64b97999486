import type { SimulatedRepository } from "../script/repository.ts";
import type { PullFacts } from "../script/stored-pull.ts";
import { encodeNodeId, type JsonObject } from "../view/json.ts";
import { type ConnectionArguments, pageConnection } from "./connection.ts";
import { resolvePull } from "./pull.ts";

interface PullArguments extends ConnectionArguments {
	readonly states?: readonly string[] | null;
	readonly orderBy?: { readonly field: string; readonly direction: "ASC" | "DESC" } | null;
}

/** A repository as GraphQL resolves it. */
export function resolveRepository(repository: SimulatedRepository, now: number): JsonObject {
	return {
		__typename: "Repository",
		id: encodeNodeId("R", repository.id),
		databaseId: repository.id,
		nameWithOwner: repository.fullName,
		isPrivate: repository.facts().isPrivate,
		isArchived: repository.facts().isArchived,
		pullRequest: ({ number }: { number: number }) => {
			const pull = repository.pulls.get(number);
			return pull && pull.createdAt <= now ? resolvePull(pull, now) : null;
		},
		pullRequests: ({ states, orderBy, ...given }: PullArguments) => {
			const seen = [...repository.pulls.values()]
				.filter(({ createdAt }) => createdAt <= now)
				.map((pull) => ({ pull, facts: pull.facts(now) }))
				.filter(({ facts }) => states?.includes(readState(facts)) ?? true)
				.sort((one, other) => readTime(one.facts, orderBy?.field) - readTime(other.facts, orderBy?.field));
			const ordered = orderBy?.direction === "DESC" ? seen.reverse() : seen;
			const page = pageConnection(ordered, given, "pullRequests");
			return { ...page, nodes: page.nodes.map(({ pull }) => resolvePull(pull, now)) };
		},
	};
}

function readTime({ createdAt, updatedAt }: PullFacts, field: string | undefined): number {
	return field === "UPDATED_AT" ? updatedAt : createdAt;
}

function readState({ isOpen, mergedAt }: PullFacts): string {
	if (isOpen) return "OPEN";
	return mergedAt === null ? "CLOSED" : "MERGED";
}
