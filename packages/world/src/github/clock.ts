import { millis } from "./json.ts";

/** The time of a world. It stands still until it is moved, so that what a test sees does not depend on the machine. */
export class Clock {
	/** How far the server's own clock is ahead of the world, in milliseconds: moves `Date`, `x-ratelimit-reset` and dated Retry-After. */
	skewMs = 0;
	#now: number;

	constructor(start: string) {
		this.#now = millis(start);
	}

	/** Milliseconds since 1970. */
	now(): number {
		return this.#now;
	}

	iso(): string {
		return new Date(this.#now).toISOString();
	}

	set(at: string): void {
		this.#now = millis(at);
	}

	advance(ms: number): void {
		this.#now += ms;
	}

	/** What the server believes the time to be: the world's time and its skew. */
	serverNow(): number {
		return this.#now + this.skewMs;
	}
}
