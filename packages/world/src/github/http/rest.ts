import { type RecordedRequest, type Reply, Violation } from "../../simulator.ts";
import type { World } from "../world.ts";
import { ApiError, refuse } from "./api-error.ts";
import { loadContract } from "./contract.ts";
import { formatLinks, readPage } from "./paging.ts";
import { findRoute } from "./route.ts";
import type { Token } from "./tokens.ts";

const versions = new Set([undefined, "2022-11-28", "2026-03-10"]);

/**
 * Answers a GET.
 * @param isEmptyList whether a filtered list is to be empty
 * @throws Violation for what breaks the contract
 */
export function answerRest(world: World, request: RecordedRequest, isEmptyList: boolean): Reply {
	const token = world.tokens.find(request.token);
	if (!token) return refuse(new ApiError(401, "Bad credentials"));
	try {
		return answer(world, request, token, isEmptyList);
	} catch (error) {
		if (error instanceof ApiError) return refuse(error);
		throw error;
	}
}

function answer(world: World, request: RecordedRequest, token: Token, isEmptyList: boolean): Reply {
	checkHeaders(request);
	const query = new URLSearchParams(request.query);
	const address = query.size > 0 ? `${request.path}?${query}` : request.path;
	const isFree = request.path === "/rate_limit";
	if (!isFree) spendOne(world, token);
	const ifNoneMatch = request.headers["if-none-match"];
	world.etags.check(address, ifNoneMatch);
	const found = findRoute(world, token, request.path, query);
	if (world.validate && found.contractPath) loadContract().checkRequest(found.contractPath, query);
	const answered = isEmptyList ? { body: { total_count: 0, workflow_runs: [] }, reachable: 0 } : found.answer();
	if (world.validate && found.contractPath) loadContract().checkAnswer(found.contractPath, answered.body);
	const body = JSON.stringify(answered.body);
	const etag = world.etags.issue(address, token.text, body);
	if (ifNoneMatch?.split(",").some((each) => each.trim() === etag)) {
		// Free, but only with a token.
		if (!isFree && token.text !== undefined) token.core.refund(1);
		return { status: 304, headers: { etag }, body: "" };
	}
	const link =
		answered.reachable === undefined
			? undefined
			: formatLinks(found.linkPath, query, readPage(query), answered.reachable);
	return { status: 200, headers: { etag, ...(link && { link }) }, body };
}

function checkHeaders({ method, headers }: RecordedRequest): void {
	if (method !== "GET") throw new Violation(`${method} is not simulated`);
	if (!headers["user-agent"]) {
		throw new ApiError(
			403,
			"Request forbidden by administrative rules. Please make sure your request has a User-Agent header.",
		);
	}
	const version = headers["x-github-api-version"];
	if (!versions.has(version)) throw new ApiError(400, `The specified API version ${version} is not supported.`);
}

function spendOne(world: World, token: Token): void {
	if (token.core.spend(1, world.clock.now())) return;
	throw token.text === undefined
		? new ApiError(
				403,
				"API rate limit exceeded for 127.0.0.1. (But here's the good news: Authenticated requests get a higher rate limit. Check out the documentation for more details.)",
			)
		: new ApiError(
				token.limitStatus,
				"API rate limit exceeded for user ID 1. If you reach out to GitHub Support for help, please include the request ID.",
			);
}
