import type { Budget } from "../http/budget.ts";
import type { Token } from "../http/tokens.ts";
import type { JsonObject } from "./json.ts";

/** Limits that are not simulated; nothing was used of them. */
const others = [
	"search",
	"code_search",
	"source_import",
	"integration_manifest",
	"actions_runner_registration",
	"scim",
	"dependency_snapshots",
	"dependency_sbom",
	"code_scanning_autofix",
	"copilot_usage_records",
];

/** GET /rate_limit, which is free. @param skewMs how far the server's clock is ahead of the world's */
export function showRateLimit({ core, graphql }: Token, now: number, skewMs: number): JsonObject {
	const view = (budget: Budget): JsonObject => {
		const { limit, used, remaining, resetAt } = budget.state(now);
		return { limit, used, remaining, reset: Math.ceil((resetAt + skewMs) / 1000) };
	};
	const untouched = { limit: 10, used: 0, remaining: 10, reset: Math.ceil((now + skewMs) / 1000) + 60 };
	const rate = view(core);
	return {
		resources: { core: rate, graphql: view(graphql), ...Object.fromEntries(others.map((name) => [name, untouched])) },
		rate,
	};
}
