/**
 * The time of a simulated service. With a start it stands still until it is moved, so that what a test sees does not
 * depend on the machine; without one it is the machine's.
 */
export class Clock {
	/** How far the service's own clock is ahead, in milliseconds: moves `Date`, `x-ratelimit-reset` and dated Retry-After. */
	skewMs = 0;
	#now: number | undefined;

	/** @param start an ISO time */
	constructor(start?: string) {
		if (start !== undefined) this.set(start);
	}

	/** Milliseconds since 1970. */
	now(): number {
		return this.#now ?? Date.now();
	}

	iso(): string {
		return new Date(this.now()).toISOString();
	}

	set(at: string): void {
		this.#now = parseTime(at);
	}

	advance(ms: number): void {
		this.#now = this.now() + ms;
	}

	/** What the service believes the time to be: the time and its skew. */
	serverNow(): number {
		return this.now() + this.skewMs;
	}
}

/**
 * The milliseconds of an ISO time in a script.
 * @throws Error for a text that is no time: a script's mistake must not pass as an empty world
 */
export function parseTime(text: string): number {
	const ms = Date.parse(text);
	if (Number.isNaN(ms)) throw new Error(`"${text}" is no time; write it as 2026-02-23T22:19:28Z.`);
	return ms;
}
