import type { Clock } from "../clock.ts";
import { ApiError, notFound } from "./http/api-error.ts";
import type { Limits } from "./http/call.ts";
import { Etags } from "./http/etags.ts";
import { type Token, Tokens } from "./http/tokens.ts";
import { type Place, type RepositoryOptions, SimulatedRepository } from "./script/repository.ts";

export interface GithubOptions {
	/** The clock at the start, ISO. */
	readonly now: string;
	/** Rows (page times per_page) of an unfiltered list of runs, 422 beyond; 40,000 if not given. */
	readonly unfilteredCap?: number;
	/** Rows of a filtered list of runs that can be reached; 1,000 if not given. */
	readonly filteredCap?: number;
	/** Filtered lists of runs do not contain younger runs; 0 if not given. */
	readonly indexLagMs?: number;
	/** Whether requests and answers are held to the contract; true if not given. */
	readonly validate?: boolean;
}

/** Everything that is scripted, without the server that shows it. */
export class World implements Place {
	readonly apiUrl: string;
	readonly clock: Clock;
	readonly limits: Limits;
	readonly validate: boolean;
	readonly tokens = new Tokens();
	readonly etags = new Etags();
	readonly repositories: SimulatedRepository[] = [];
	readonly #byName = new Map<string, SimulatedRepository>();
	// Beyond 32 bits from the start, as on GitHub.
	#lastId = 34_128_000_000;

	constructor(options: GithubOptions, apiUrl: string, clock: Clock) {
		this.apiUrl = apiUrl;
		this.clock = clock;
		this.validate = options.validate ?? true;
		this.limits = {
			unfilteredCap: options.unfilteredCap ?? 40_000,
			filteredCap: options.filteredCap ?? 1000,
			indexLagMs: options.indexLagMs ?? 0,
		};
	}

	nextId(): number {
		this.#lastId++;
		return this.#lastId;
	}

	addRepository(fullName: string, options: RepositoryOptions = {}): SimulatedRepository {
		// A repository's id fits 32 bits, as GraphQL's Int has to.
		const id = options.id ?? 500_000_000 + this.repositories.length * 10;
		const repository = new SimulatedRepository(fullName, { ...options, id }, this, () => this.#name(repository));
		this.repositories.push(repository);
		this.#name(repository);
		return repository;
	}

	/**
	 * By its present name.
	 * @throws ApiError 404 where there is none that the token sees, 301 where it has another name now
	 */
	byName(fullName: string, token: Token, rest: string): SimulatedRepository {
		const repository = this.#byName.get(fullName.toLowerCase());
		if (!repository || !this.#sees(token, repository)) throw notFound();
		if (repository.fullName.toLowerCase() === fullName.toLowerCase()) return repository;
		const location = `${this.apiUrl}/repositories/${repository.id}${rest}`;
		throw new ApiError(301, "Moved Permanently", { location });
	}

	/** @throws ApiError 404 where there is none that the token sees */
	byId(id: number, token: Token): SimulatedRepository {
		const repository = this.visibleTo(token).find((each) => each.id === id);
		if (!repository) throw notFound();
		return repository;
	}

	visibleTo(token: Token): readonly SimulatedRepository[] {
		return this.repositories.filter((each) => this.#sees(token, each));
	}

	/** Adds the present name; earlier names stay, and redirect. */
	#name(repository: SimulatedRepository): void {
		this.#byName.set(repository.fullName.toLowerCase(), repository);
	}

	#sees(token: Token, repository: SimulatedRepository): boolean {
		return !repository.facts().isPrivate || token.seesPrivate(repository.fullName);
	}
}
