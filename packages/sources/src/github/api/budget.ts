import { EndedEarly } from "@tidemark/core";

/** GitHub counts requests and GraphQL points apart. */
export type Resource = "core" | "graphql";

interface Limit {
	readonly limit: number;
	readonly remaining: number;
	/** Seconds since 1970, by GitHub's clock. */
	readonly resetAt: number;
}

export interface BudgetOptions {
	/** Share of the hour's requests that stays free, 0 to 1. */
	readonly keepFree: number;
	readonly maxRequests?: number | undefined;
}

/**
 * What one token may still be asked for in this invocation, known from the `x-ratelimit-*` headers of each answer.
 * A server that sends none, as a GitHub Enterprise Server without limits, is not limited but by `maxRequests`.
 */
export class Budget {
	readonly #options: BudgetOptions;
	readonly #limits = new Map<Resource, Limit>();
	#made = 0;
	#turnEnd = Number.POSITIVE_INFINITY;

	constructor(options: BudgetOptions) {
		this.#options = options;
	}

	/** Whoever reads next gets an equal share of what is left with those that still wait for their turn. */
	beginTurn(waiting: number): void {
		this.#turnEnd = waiting <= 1 ? Number.POSITIVE_INFINITY : this.#made + Math.floor(this.#left("core") / waiting);
	}

	/**
	 * Takes one request out of the budget.
	 * @param now by GitHub's clock, milliseconds
	 * @throws EndedEarly if none is left
	 */
	take(resource: Resource, now: number): void {
		const { maxRequests, keepFree } = this.#options;
		if (maxRequests !== undefined && this.#made >= maxRequests) {
			throw new EndedEarly(`the ${maxRequests} requests of --max-requests (GITHUB_MAX_REQUESTS) are made`);
		}
		if (this.#made >= this.#turnEnd) {
			throw new EndedEarly("its share of the requests is used; the rest is for the other repositories");
		}
		const known = this.#limits.get(resource);
		if (known && now < known.resetAt * 1000 && known.remaining <= known.limit * keepFree) {
			const kept = keepFree > 0 ? `, less the ${Math.round(keepFree * 100)} % that --keep-free leaves to others` : "";
			throw new EndedEarly(
				`GitHub's ${known.limit} ${resource === "core" ? "requests" : "GraphQL points"} per hour are used up${kept}; they renew at ${clockTime(known.resetAt)}`,
			);
		}
		this.#made++;
	}

	/** Learns from the headers of an answer. */
	note(headers: Readonly<Record<string, unknown>>, fallback: Resource): void {
		const [limit, remaining, resetAt] = ["limit", "remaining", "reset"].map((name) => {
			const value = headers[`x-ratelimit-${name}`];
			return value === undefined ? Number.NaN : Number(value);
		});
		if (limit === undefined || remaining === undefined || resetAt === undefined) return;
		if (Number.isNaN(limit + remaining + resetAt)) return;
		const resource = headers["x-ratelimit-resource"] === "graphql" ? "graphql" : fallback;
		this.#limits.set(resource, { limit, remaining, resetAt });
	}

	/** Requests made so far, those that were tried again with them. */
	get made(): number {
		return this.#made;
	}

	#left(resource: Resource): number {
		const known = this.#limits.get(resource);
		const byLimit = known ? known.remaining - known.limit * this.#options.keepFree : Number.POSITIVE_INFINITY;
		return Math.max(0, Math.min(byLimit, (this.#options.maxRequests ?? Number.POSITIVE_INFINITY) - this.#made));
	}
}

function clockTime(seconds: number): string {
	return `${new Date(seconds * 1000).toISOString().slice(11, 16)} UTC`;
}
