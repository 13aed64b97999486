import * as graphql from "graphql";
import type { RecordedRequest, Reply } from "../../simulator.ts";
import { ApiError, refuse } from "../http/api-error.ts";
import type { Token } from "../http/tokens.ts";
import type { SimulatedRepository } from "../script/repository.ts";
import { encodeNodeId, isObject, type JsonObject } from "../view/json.ts";
import type { World } from "../world.ts";
import { resolveCheckSuite } from "./check-suite.ts";
import { createError } from "./connection.ts";
import { computeCost } from "./cost.ts";
import { resolvePull } from "./pull.ts";
import { resolveRepository } from "./repository.ts";
import { githubSchema } from "./schema.ts";

interface GraphqlCall {
	readonly query: string;
	readonly variables: JsonObject;
	readonly token: Token;
	readonly now: number;
	readonly serverNow: number;
	/** Those the token sees. */
	readonly repositories: readonly SimulatedRepository[];
}

interface GraphqlAnswer {
	readonly body: JsonObject;
	/** Undefined if nothing was executed. */
	readonly points: number | undefined;
}

/** Answers POST /graphql. What goes wrong with a query is in `errors`, with status 200. */
export async function answerGraphql(world: World, request: RecordedRequest): Promise<Reply> {
	const token = world.tokens.find(request.token);
	if (!token) return refuse(new ApiError(401, "Bad credentials"));
	if (token.text === undefined) return refuse(new ApiError(401, "This endpoint requires you to be authenticated."));
	const asked = parseRequest(request.body);
	if (!asked) return refuse(new ApiError(400, "Problems parsing JSON"));
	const { body, points } = await execute({
		...asked,
		token,
		now: world.clock.now(),
		serverNow: world.clock.serverNow(),
		repositories: world.visibleTo(token),
	});
	if (points !== undefined) request.points = points;
	return { status: 200, body: JSON.stringify(body) };
}

function parseRequest(text: string): Pick<GraphqlCall, "query" | "variables"> | undefined {
	try {
		const body: unknown = JSON.parse(text);
		if (!isObject(body) || typeof body.query !== "string") return undefined;
		return { query: body.query, variables: isObject(body.variables) ? body.variables : {} };
	} catch {
		return undefined;
	}
}

/** Free if nothing was executed. */
async function execute(call: GraphqlCall): Promise<GraphqlAnswer> {
	const { token, now, variables } = call;
	const document = parsed(call.query);
	if (document instanceof graphql.GraphQLError) return refused([document]);
	const mistakes = graphql.validate(githubSchema, document, graphql.specifiedRules);
	if (mistakes.length > 0) return refused(mistakes.map(inGithubsWords));
	const { points, nodes } = computeCost(document, variables);
	if (nodes > 500_000) {
		return refused([
			createError(
				"MAX_NODE_LIMIT_EXCEEDED",
				`This query requests up to ${nodes} possible nodes which exceeds the maximum limit of 500,000.`,
			),
		]);
	}
	if (!token.graphql.spend(points, now)) {
		return refused([createError("RATE_LIMITED", "API rate limit exceeded for user ID 1.")]);
	}
	const result = await graphql.execute({
		schema: githubSchema,
		document,
		rootValue: resolveRoot(call, points, nodes),
		variableValues: { ...variables },
	});
	const errors = result.errors ? { errors: result.errors.map(showError) } : {};
	return { body: { data: result.data ?? null, ...errors }, points };
}

function resolveRoot(call: GraphqlCall, cost: number, nodeCount: number): JsonObject {
	const { token, now, serverNow, repositories } = call;
	return {
		nodes: ({ ids }: { ids: readonly string[] }) => ids.map((id) => resolveNode(id, call)),
		node: ({ id }: { id: string }) => resolveNode(id, call),
		rateLimit: () => {
			const { limit, remaining, used, resetAt } = token.graphql.state(now);
			return { limit, cost, remaining, used, resetAt: new Date(resetAt + serverNow - now).toISOString(), nodeCount };
		},
		repository: ({ owner, name }: { owner: string; name: string }) => {
			const fullName = `${owner}/${name}`;
			const found = repositories.find((each) => each.fullName.toLowerCase() === fullName.toLowerCase());
			if (!found) return notResolved(`Could not resolve to a Repository with the name '${fullName}'.`);
			return resolveRepository(found, now);
		},
		viewer: { id: encodeNodeId("U", "viewer"), login: "octocat" },
	};
}

/** An error in its place, so that the other nodes are answered. */
function resolveNode(id: string, { repositories, token, now }: GraphqlCall): JsonObject | graphql.GraphQLError {
	for (const repository of repositories) {
		const run = repository.runs.findBySuite(id, now);
		const pull = [...repository.pulls.values()].find(({ nodeId: own }) => own === id);
		if (run) return token.may("actions") ? resolveCheckSuite(run, now) : notAccessible();
		if (pull && pull.createdAt <= now) return token.may("pull_requests") ? resolvePull(pull, now) : notAccessible();
	}
	return notResolved(`Could not resolve to a node with the global id of '${id}'.`);
}

function notResolved(message: string): graphql.GraphQLError {
	return createError("NOT_FOUND", message);
}

function notAccessible(): graphql.GraphQLError {
	return createError("FORBIDDEN", "Resource not accessible by integration");
}

function parsed(query: string) {
	try {
		return graphql.parse(query);
	} catch (error) {
		if (error instanceof graphql.GraphQLError) return error;
		throw error;
	}
}

function refused(errors: readonly graphql.GraphQLError[]): GraphqlAnswer {
	return { body: { data: null, errors: errors.map(showError) }, points: undefined };
}

/** `Cannot query field "x" on type "Y"` in GitHub's words. */
function inGithubsWords(error: graphql.GraphQLError): graphql.GraphQLError {
	const [, field, type] = /^Cannot query field "(.+?)" on type "(.+?)"/.exec(error.message) ?? [];
	if (field === undefined) return error;
	return new graphql.GraphQLError(`Field '${field}' doesn't exist on type '${type}'`, {
		nodes: error.nodes?.filter(({ kind }) => kind === graphql.Kind.FIELD) ?? [],
		extensions: { code: "undefinedField", typeName: type, fieldName: field },
	});
}

/** GitHub puts the type of an error beside its message. */
function showError(error: graphql.GraphQLError): JsonObject {
	const { type, ...extensions } = error.extensions;
	return {
		...(type === undefined ? {} : { type }),
		...(error.path && { path: error.path }),
		...(isObject(extensions) && Object.keys(extensions).length > 0 && { extensions }),
		...(error.locations && { locations: error.locations }),
		message: error.message,
	};
}
