import { ApiError } from "./api-error.ts";
import { answerGraphql } from "./graphql.ts";
import { graphqlRequest } from "./graphql-cost.ts";
import type { RecordedRequest } from "./recorded-request.ts";
import { answerRest, type Reply, refusal } from "./rest.ts";
import type { World } from "./world.ts";

/** The right answer to a request: POST /graphql, or REST. */
export async function answerRequest(world: World, request: RecordedRequest, isEmptyList: boolean): Promise<Reply> {
	if (request.path !== "/graphql" || request.method !== "POST") return answerRest(world, request, isEmptyList);
	const token = world.tokens.find(request.token);
	if (!token) return refusal(new ApiError(401, "Bad credentials"));
	if (token.text === undefined) return refusal(new ApiError(401, "This endpoint requires you to be authenticated."));
	const asked = graphqlRequest(request.body);
	if (!asked) return refusal(new ApiError(400, "Problems parsing JSON"));
	const now = world.clock.now();
	const { body, points } = await answerGraphql({
		...asked,
		token,
		now,
		serverNow: world.clock.serverNow(),
		repositories: world.visibleTo(token),
	});
	if (points !== undefined) request.points = points;
	return { status: 200, headers: token.graphql.headers(now, world.clock.skewMs), body: JSON.stringify(body) };
}
