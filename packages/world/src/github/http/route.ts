import { Violation } from "../../simulator.ts";
import type { SimulatedRepository } from "../script/repository.ts";
import { showRateLimit } from "../view/rate-limit.ts";
import type { World } from "../world.ts";
import { ApiError, notFound } from "./api-error.ts";
import type { Answer, Call } from "./call.ts";
import { ownerOperations, repositoryOperations } from "./operations.ts";
import { readPage } from "./paging.ts";
import { isFiltered } from "./run-filters.ts";
import type { Token } from "./tokens.ts";

/** An operation that was found for a request. */
export interface Route {
	/** Its path in the contract; undefined if the contract's slice does not have it. */
	readonly contractPath?: string;
	/** The address that a Link header names, without a query. */
	readonly linkPath: string;
	readonly answer: () => Answer;
}

const ownerParameters = new Set(["type", "sort", "direction", "per_page", "page"]);

/**
 * The operation that a request means.
 * @throws ApiError if there is none, if the token may not see it, or if it has another name now
 */
export function findRoute(world: World, token: Token, path: string, query: URLSearchParams): Route {
	const now = world.clock.now();
	const call = { now, token, query, page: readPage(query), params: {}, limits: world.limits };
	if (path === "/rate_limit") {
		const answer = () => ({ body: showRateLimit(token, now, world.clock.skewMs) });
		return { contractPath: path, linkPath: path, answer };
	}
	const [, owner = "", name = "", byName = ""] = /^\/repos\/([^/]+)\/([^/]+)(\/.*)?$/.exec(path) ?? [];
	if (owner !== "") {
		const rest = query.size > 0 ? `${byName}?${query}` : byName;
		return repositoryRoute(world, world.byName(`${owner}/${name}`, token, rest), byName, call);
	}
	const [, id, byId = ""] = /^\/repositories\/(\d+)(\/.*)?$/.exec(path) ?? [];
	if (id !== undefined) return repositoryRoute(world, world.byId(Number(id), token), byId, call);
	return ownerRoute(world, path, call);
}

function repositoryRoute(world: World, repository: SimulatedRepository, path: string, call: Call): Route {
	for (const operation of repositoryOperations) {
		const params = matchPath(operation.path, path);
		if (!params) continue;
		if (!call.token.may(operation.permission)) {
			throw new ApiError(403, "Resource not accessible by integration", {
				"x-accepted-github-permissions": `${operation.permission}=read`,
			});
		}
		return {
			contractPath: `/repos/{owner}/{repo}${operation.path}`,
			linkPath: `${world.apiUrl}/repositories/${repository.id}${path}`,
			answer: () => operation.answer({ ...call, params, repository }),
		};
	}
	throw notFound();
}

function ownerRoute(world: World, path: string, call: Call): Route {
	for (const operation of ownerOperations) {
		const params = matchPath(operation.path, path);
		if (!params) continue;
		for (const name of call.query.keys()) {
			if (!ownerParameters.has(name)) throw new Violation(`The query of ${operation.path} has an unknown ${name}`);
		}
		const answer = () => operation.answer({ ...call, params }, world.repositories);
		return { linkPath: `${world.apiUrl}${path}`, answer };
	}
	throw notFound();
}

/** Whether a request is for a list of runs that comes from the search index. */
export function isFilteredList(path: string, query: URLSearchParams): boolean {
	return /\/actions\/(workflows\/[^/]+\/)?runs$/.test(path) && isFiltered(query);
}

/** The values of a pattern's placeholders in a path, such as `{owner}` in `/repos/{owner}`; undefined if it does not fit. */
function matchPath(pattern: string, path: string): Readonly<Record<string, string>> | undefined {
	const wanted = pattern.split("/");
	const given = path.split("/");
	if (wanted.length !== given.length) return undefined;
	const params: Record<string, string> = {};
	for (const [index, part] of wanted.entries()) {
		const value = given[index] ?? "";
		if (part.startsWith("{") && value !== "") params[part.slice(1, -1)] = decodeURIComponent(value);
		else if (part !== value) return undefined;
	}
	return params;
}
