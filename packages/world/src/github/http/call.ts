import type { SimulatedRepository } from "../script/repository.ts";
import { notFound } from "./api-error.ts";
import type { Page } from "./paging.ts";
import type { Token } from "./tokens.ts";

/** One request that reached its operation. */
export interface Call {
	readonly now: number;
	readonly token: Token;
	readonly query: URLSearchParams;
	readonly page: Page;
	/** What the path's placeholders stand for. */
	readonly params: Readonly<Record<string, string>>;
	readonly limits: Limits;
}

export interface RepositoryCall extends Call {
	readonly repository: SimulatedRepository;
}

/** How far lists can be paged and how current filtered ones are. */
export interface Limits {
	/** Rows of an unfiltered list of runs; 422 beyond. */
	readonly unfilteredCap: number;
	/** Rows of a filtered list of runs; nothing beyond. */
	readonly filteredCap: number;
	/** How old a run is before filtered lists see it, in milliseconds. */
	readonly indexLagMs: number;
}

/** An answer with status 200 before it is written. */
export interface Answer {
	readonly body: unknown;
	/** For lists, how many rows can be paged to. */
	readonly reachable?: number;
}

/** A number of the path. @throws ApiError 404 if it is not a number */
export function readId(call: Call, name: string): number {
	const text = call.params[name] ?? "";
	if (!/^\d+$/.test(text)) throw notFound();
	return Number(text);
}
