import { Budget } from "./budget.ts";

export type Permission = "actions" | "contents" | "issues" | "pull_requests" | "metadata";

export interface TokenOptions {
	/** Requests in an hour; 5000 if not given. */
	readonly limit?: number;
	/** What is left of them in the hour that begins with the first request. */
	readonly remaining?: number;
	/** Points of GraphQL in an hour; 5000 if not given. */
	readonly graphqlLimit?: number;
	readonly graphqlRemaining?: number;
	/** Permissions that are not listed are granted. */
	readonly permissions?: Permissions;
	/** Full names of the private repositories it sees; all of them if not given. */
	readonly repositories?: readonly string[];
	/** The status of a refusal when a limit is exhausted; GitHub documents both. */
	readonly limitStatus?: 403 | 429;
}

export type Permissions = Partial<Readonly<Record<Permission, "none" | "read" | "write">>>;

/** A client, with its limits and rights. */
export class Token {
	/** Undefined for requests without one. */
	readonly text: string | undefined;
	readonly core: Budget;
	readonly graphql: Budget;
	readonly limitStatus: 403 | 429;
	permissions: Permissions;
	readonly #repositories: ReadonlySet<string> | undefined;

	constructor(text: string | undefined, options: TokenOptions) {
		this.text = text;
		this.core = new Budget("core", options.limit ?? 5000, options.remaining);
		this.graphql = new Budget("graphql", options.graphqlLimit ?? 5000, options.graphqlRemaining);
		this.limitStatus = options.limitStatus ?? 403;
		this.permissions = options.permissions ?? {};
		this.#repositories = options.repositories && new Set(options.repositories.map((name) => name.toLowerCase()));
	}

	may(permission: Permission): boolean {
		return this.permissions[permission] !== "none";
	}

	seesPrivate(fullName: string): boolean {
		return this.text !== undefined && (this.#repositories?.has(fullName.toLowerCase()) ?? true);
	}
}

/** The tokens of a world; `test-token` is there from the beginning. Requests without one share 60 an hour. */
export class Tokens {
	readonly anonymous = new Token(undefined, { limit: 60, graphqlLimit: 0 });
	readonly #known = new Map<string, Token>([["test-token", new Token("test-token", {})]]);

	/** Adds a token, or gives one that is there other options and fresh limits. */
	add(text: string, options: TokenOptions = {}): Token {
		const token = new Token(text, options);
		this.#known.set(text, token);
		return token;
	}

	/** From now on it is refused as "Bad credentials". */
	revoke(text: string): void {
		this.#known.delete(text);
	}

	/** @throws Error for a token that was never added */
	setPermissions(text: string, permissions: Permissions): void {
		const token = this.#known.get(text);
		if (!token) throw new Error(`There is no token ${text}.`);
		token.permissions = permissions;
	}

	/** Undefined for one that GitHub does not know. */
	find(text: string | undefined): Token | undefined {
		return text === undefined ? this.anonymous : this.#known.get(text);
	}
}
