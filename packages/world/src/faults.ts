import type { Clock } from "./clock.ts";
import { seedRandom } from "./random-numbers.ts";

/** What goes wrong with one request. */
export type Fault =
	/** This answer instead of the right one. A body that is no text is sent as JSON; without one it is the service's own refusal. */
	| { readonly kind: "answer"; readonly status: number; readonly headers?: FaultHeaders; readonly body?: unknown }
	/** The right answer, cut off in the middle of its JSON, with a length that fits. */
	| { readonly kind: "truncate" }
	/** The right answer, cut off in its middle by a connection that is lost. */
	| { readonly kind: "tear" }
	/** 200 and a page of HTML, as a proxy sends it. */
	| { readonly kind: "html" }
	/** Never answered. */
	| { readonly kind: "hang" }
	/** The connection is reset before any answer. */
	| { readonly kind: "reset" }
	/** A filtered list says that there is nothing; an unfiltered one is right. */
	| { readonly kind: "empty-list" };

type FaultHeaders = Readonly<Record<string, string>> | ((clock: Clock) => Readonly<Record<string, string>>);

/** Which requests are hit; each condition that is given must hold. */
export interface FaultTarget {
	/** The number of the request, from 1. */
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
	/** Path and query. */
	readonly address: string;
	readonly isFilteredList: boolean;
}

/** The faults of a service. Those for the next requests come first; then the first script that hits a request decides. */
export class Faults {
	readonly #next: (Fault | undefined)[] = [];
	readonly #scripts: ((asked: Asked) => Fault | undefined)[] = [];

	/** Lets the next requests go wrong, one after the other; undefined lets one go well. */
	next(...faults: readonly (Fault | undefined)[]): void {
		this.#next.push(...faults);
	}

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

	/** Makes a fault, or one of several, happen to a share of the requests: to the same ones for the same seed. */
	random(
		faults: Fault | readonly Fault[],
		{ seed, probability, path }: { seed: number; probability: number; path?: string | RegExp },
	): void {
		const list = [faults].flat();
		const draw = seedRandom(seed);
		this.#scripts.push((asked) => {
			const possible = list.filter((fault) => isHit(fault, path === undefined ? {} : { path }, asked));
			if (possible.length === 0 || draw() >= probability) return undefined;
			return possible[list.length === 1 ? 0 : Math.floor(draw() * possible.length)];
		});
	}

	clear(): void {
		this.#next.length = 0;
		this.#scripts.length = 0;
	}

	/** What happens to a request; counts it as a match of every script. */
	pick(asked: Asked): Fault | undefined {
		const hits = this.#scripts.map((script) => script(asked));
		return this.#next.length > 0 ? this.#next.shift() : hits.find((hit) => hit !== undefined);
	}
}

function isHit(fault: Fault, { request, path }: FaultTarget, asked: Asked): boolean {
	if (fault.kind === "empty-list" && !asked.isFilteredList) return false;
	if (request !== undefined && request !== asked.number) return false;
	if (path === undefined) return true;
	return typeof path === "string" ? asked.address.includes(path) : path.test(asked.address);
}
