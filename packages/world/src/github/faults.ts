import type { Clock } from "./clock.ts";

/** What goes wrong with one request. */
export type Fault =
	/** This answer instead of the right one. A body that is no text is sent as JSON. */
	| { readonly kind: "answer"; readonly status: number; readonly headers?: FaultHeaders; readonly body?: unknown }
	/** The right answer, cut off in the middle of its JSON, with a length that fits. */
	| { readonly kind: "truncate" }
	/** 200 and a page of HTML, as a proxy sends it. */
	| { readonly kind: "html" }
	/** Never answered. */
	| { readonly kind: "hang" }
	/** The connection is reset. */
	| { readonly kind: "reset" }
	/** A filtered list says that there is nothing; an unfiltered one is right. */
	| { readonly kind: "empty-list" };

type FaultHeaders = Readonly<Record<string, string>> | ((clock: Clock) => Readonly<Record<string, string>>);

/** Which requests are hit; each condition that is given must hold. */
export interface FaultTarget {
	/** The number of the request in the whole world, from 1. */
	readonly request?: number;
	/** Its path and query: a part of the text, or a pattern. */
	readonly path?: string | RegExp;
	/** The first of those that match to be hit, from 1, the default. */
	readonly nth?: number;
	/** How many from there on; 1 if not given. `Infinity` hits all. */
	readonly times?: number;
}

interface Asked {
	readonly number: number;
	readonly address: string;
	readonly isFiltered: boolean;
}

/** The faults of a world. The first script that hits a request decides. */
export class Faults {
	readonly #scripts: ((asked: Asked) => Fault | undefined)[] = [];

	/** Makes a fault happen; without a target to the next request. */
	script(fault: Fault, target: FaultTarget = {}): void {
		const { nth = 1, times = 1 } = target;
		let matches = 0;
		this.#scripts.push((asked) => {
			if (!isHit(fault, target, asked)) return undefined;
			matches++;
			return matches >= nth && matches < nth + times ? fault : undefined;
		});
	}

	/** Makes a fault happen to a share of the requests, the same ones for the same seed. */
	random(fault: Fault, options: { seed: number; probability: number; path?: string | RegExp }): void {
		const next = randomNumbers(options.seed);
		this.#scripts.push((asked) => (isHit(fault, options, asked) && next() < options.probability ? fault : undefined));
	}

	clear(): void {
		this.#scripts.length = 0;
	}

	/** What happens to a request; counts it as a match of every script. */
	pick(asked: Asked): Fault | undefined {
		const hits = this.#scripts.map((script) => script(asked));
		return hits.find((hit) => hit !== undefined);
	}
}

function isHit(fault: Fault, { request, path }: FaultTarget, asked: Asked): boolean {
	if (fault.kind === "empty-list" && !asked.isFiltered) return false;
	if (request !== undefined && request !== asked.number) return false;
	if (path === undefined) return true;
	return typeof path === "string" ? asked.address.includes(path) : path.test(asked.address);
}

export interface SecondaryLimitOptions {
	readonly status: 403 | 429;
	/** Milliseconds to wait; no Retry-After if not given. */
	readonly retryAfterMs?: number;
	/** How Retry-After is written; in seconds if not given. */
	readonly as?: "seconds" | "date";
	/** Whether the message has the words "secondary rate limit", which GitHub's has not always. */
	readonly saysSo: boolean;
}

/** A secondary limit, in all the forms that are documented or were seen. */
export function secondaryLimit({ status, retryAfterMs, as = "seconds", saysSo }: SecondaryLimitOptions): Fault {
	const message = saysSo
		? "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."
		: "You have triggered an abuse detection mechanism. Please wait a few minutes before you try again.";
	const documentation_url = "https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api";
	return {
		kind: "answer",
		status,
		headers: (clock) => (retryAfterMs === undefined ? {} : { "retry-after": retryAfter(retryAfterMs, as, clock) }),
		body: { message, documentation_url },
	};
}

function retryAfter(ms: number, as: "seconds" | "date", clock: Clock): string {
	return as === "seconds" ? String(Math.ceil(ms / 1000)) : new Date(clock.serverNow() + ms).toUTCString();
}

/** Numbers in [0, 1) from a seed (mulberry32, public domain, by Tommy Ettinger): small, and the same everywhere. */
function randomNumbers(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}
