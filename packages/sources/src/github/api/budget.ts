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
	readonly #keepFree: number;
	readonly #maxRequests: number;
	readonly #limits = new Map<Resource, Limit>();
	/** Requests so far, those that were tried again with them. */
	#made = 0;
	#turnEnd = Number.POSITIVE_INFINITY;

	constructor({ keepFree, maxRequests = Number.POSITIVE_INFINITY }: BudgetOptions) {
		this.#keepFree = keepFree;
		this.#maxRequests = maxRequests;
	}

	/** The next reader and those still waiting for their turn get equal shares of what is left. */
	beginTurn(waiting: number): void {
		this.#turnEnd = waiting <= 1 ? Number.POSITIVE_INFINITY : this.#made + Math.floor(this.#countLeft() / waiting);
	}

	/**
	 * Takes one request out of the budget.
	 * @param now by GitHub's clock, milliseconds
	 * @throws EndedEarly if none is left
	 */
	take(resource: Resource, now: number): void {
		if (this.#made >= this.#maxRequests) {
			throw new EndedEarly(`the ${this.#maxRequests} requests of --max-requests (GITHUB_MAX_REQUESTS) are made`);
		}
		if (this.#made >= this.#turnEnd) {
			throw new EndedEarly("its share of the requests is used; the rest is for the other repositories");
		}
		const known = this.#limits.get(resource);
		if (known && now < known.resetAt * 1000 && known.remaining <= known.limit * this.#keepFree) {
			const share = Math.round(this.#keepFree * 100);
			const kept = share > 0 ? `, less the ${share} % that --keep-free leaves to others` : "";
			const what = `${known.limit} ${resource === "core" ? "requests" : "GraphQL points"} per hour`;
			const renewal = new Date(known.resetAt * 1000).toISOString().slice(11, 16);
			throw new EndedEarly(`GitHub's ${what} are used up${kept}; they renew at ${renewal} UTC`);
		}
		this.#made++;
	}

	/** Learns from the headers of an answer. */
	note(headers: Headers, fallback: Resource): void {
		const read = (name: string) => Number(headers.get(`x-ratelimit-${name}`) ?? Number.NaN);
		const limit: Limit = { limit: read("limit"), remaining: read("remaining"), resetAt: read("reset") };
		if (Object.values(limit).some(Number.isNaN)) return;
		this.#limits.set(headers.get("x-ratelimit-resource") === "graphql" ? "graphql" : fallback, limit);
	}

	#countLeft(): number {
		const known = this.#limits.get("core");
		const byLimit = known ? known.remaining - known.limit * this.#keepFree : Number.POSITIVE_INFINITY;
		return Math.max(0, Math.min(byLimit, this.#maxRequests - this.#made));
	}
}
