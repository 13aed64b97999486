const hourMs = 3_600_000;

export interface BudgetState {
	readonly limit: number;
	readonly remaining: number;
	readonly used: number;
	/** Milliseconds since 1970 at which the hour ends. */
	readonly resetAt: number;
}

/** What a token may spend in an hour: requests, or points of GraphQL. An hour begins with the first request in it. */
export class Budget {
	readonly resource: string;
	readonly limit: number;
	#used: number;
	#resetAt: number | undefined;

	constructor(resource: string, limit: number, remaining = limit) {
		this.resource = resource;
		this.limit = limit;
		this.#used = limit - remaining;
	}

	state(now: number): BudgetState {
		this.#resetAt ??= now + hourMs;
		if (now >= this.#resetAt) {
			this.#used = 0;
			this.#resetAt = now + hourMs;
		}
		return { limit: this.limit, used: this.#used, remaining: this.limit - this.#used, resetAt: this.#resetAt };
	}

	/** Spends a cost; if less is left, spends nothing and returns false. */
	spend(cost: number, now: number): boolean {
		if (this.state(now).remaining < cost) return false;
		this.#used += cost;
		return true;
	}

	refund(cost: number): void {
		this.#used -= cost;
	}

	/** The headers that every answer carries. @param skewMs how far the server's clock is ahead of the world's */
	headers(now: number, skewMs: number): Record<string, string> {
		const { limit, remaining, used, resetAt } = this.state(now);
		return {
			"x-ratelimit-limit": String(limit),
			"x-ratelimit-remaining": String(remaining),
			"x-ratelimit-used": String(used),
			"x-ratelimit-reset": String(Math.ceil((resetAt + skewMs) / 1000)),
			"x-ratelimit-resource": this.resource,
		};
	}
}
