import { execute, GraphQLError, Kind, parse, specifiedRules, validate } from "graphql";
import { checkSuiteNode } from "./graphql-check-suite.ts";
import { githubError } from "./graphql-connection.ts";
import { queryCost } from "./graphql-cost.ts";
import { pullNode } from "./graphql-pull.ts";
import { repositoryNode } from "./graphql-repository.ts";
import { githubSchema } from "./graphql-schema.ts";
import { isObject, type JsonObject } from "./json.ts";
import { nodeId } from "./node-id.ts";
import type { SimulatedRepository } from "./repository.ts";
import type { Token } from "./tokens.ts";

export interface GraphqlCall {
	readonly query: string;
	readonly variables: JsonObject;
	readonly token: Token;
	readonly now: number;
	readonly serverNow: number;
	/** Those the token sees. */
	readonly repositories: readonly SimulatedRepository[];
}

export interface GraphqlAnswer {
	readonly body: JsonObject;
	/** Undefined where nothing was executed. */
	readonly points: number | undefined;
}

/** Answers a query, always with status 200: what goes wrong is told in `errors`, and is free where nothing was executed. */
export async function answerGraphql(call: GraphqlCall): Promise<GraphqlAnswer> {
	const { token, now, variables } = call;
	const document = parsed(call.query);
	if (document instanceof GraphQLError) return refused([document]);
	const mistakes = validate(githubSchema, document, specifiedRules);
	if (mistakes.length > 0) return refused(mistakes.map(inGithubsWords));
	const { points, nodes } = queryCost(document, variables);
	if (nodes > 500_000) {
		return refused([
			githubError(
				"MAX_NODE_LIMIT_EXCEEDED",
				`This query requests up to ${nodes} possible nodes which exceeds the maximum limit of 500,000.`,
			),
		]);
	}
	if (!token.graphql.spend(points, now)) {
		return refused([githubError("RATE_LIMITED", "API rate limit exceeded for user ID 1.")]);
	}
	const result = await execute({
		schema: githubSchema,
		document,
		rootValue: rootOf(call, points, nodes),
		variableValues: { ...variables },
	});
	const errors = result.errors ? { errors: result.errors.map(errorView) } : {};
	return { body: { data: result.data ?? null, ...errors }, points };
}

function rootOf(call: GraphqlCall, cost: number, nodeCount: number): JsonObject {
	const { token, now, serverNow, repositories } = call;
	return {
		nodes: ({ ids }: { ids: readonly string[] }) => ids.map((id) => nodeOf(id, call)),
		node: ({ id }: { id: string }) => nodeOf(id, call),
		rateLimit: () => {
			const { limit, remaining, used, resetAt } = token.graphql.state(now);
			return { limit, cost, remaining, used, resetAt: new Date(resetAt + serverNow - now).toISOString(), nodeCount };
		},
		repository: ({ owner, name }: { owner: string; name: string }) => {
			const fullName = `${owner}/${name}`;
			const found = repositories.find((each) => each.fullName.toLowerCase() === fullName.toLowerCase());
			if (!found) return notResolved(`Could not resolve to a Repository with the name '${fullName}'.`);
			return repositoryNode(found, now);
		},
		viewer: { id: nodeId("U", "viewer"), login: "octocat" },
	};
}

/** An error in its place, so that the other nodes are answered. */
function nodeOf(id: string, { repositories, token, now }: GraphqlCall): JsonObject | GraphQLError {
	for (const repository of repositories) {
		const run = repository.runs.findBySuite(id, now);
		const pull = [...repository.pulls.values()].find(({ nodeId: own }) => own === id);
		if (run) return token.may("actions") ? checkSuiteNode(run, now) : notAccessible();
		if (pull && pull.createdAt <= now) return token.may("pull_requests") ? pullNode(pull, now) : notAccessible();
	}
	return notResolved(`Could not resolve to a node with the global id of '${id}'.`);
}

function notResolved(message: string): GraphQLError {
	return githubError("NOT_FOUND", message);
}

function notAccessible(): GraphQLError {
	return githubError("FORBIDDEN", "Resource not accessible by integration");
}

function parsed(query: string) {
	try {
		return parse(query);
	} catch (error) {
		if (error instanceof GraphQLError) return error;
		throw error;
	}
}

function refused(errors: readonly GraphQLError[]): GraphqlAnswer {
	return { body: { data: null, errors: errors.map(errorView) }, points: undefined };
}

/** `Cannot query field "x" on type "Y"` as GitHub says it. */
function inGithubsWords(error: GraphQLError): GraphQLError {
	const [, field, type] = /^Cannot query field "(.+?)" on type "(.+?)"/.exec(error.message) ?? [];
	if (field === undefined) return error;
	return new GraphQLError(`Field '${field}' doesn't exist on type '${type}'`, {
		nodes: error.nodes?.filter(({ kind }) => kind === Kind.FIELD) ?? [],
		extensions: { code: "undefinedField", typeName: type, fieldName: field },
	});
}

/** GitHub puts the type of an error beside its message. */
function errorView(error: GraphQLError): JsonObject {
	const { type, ...extensions } = error.extensions;
	return {
		...(type === undefined ? {} : { type }),
		...(error.path && { path: error.path }),
		...(isObject(extensions) && Object.keys(extensions).length > 0 && { extensions }),
		...(error.locations && { locations: error.locations }),
		message: error.message,
	};
}
