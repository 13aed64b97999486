import type { Clock } from "./clock.ts";

/** What everything in a world stands on: its time, its address and its ids. */
export interface Place {
	readonly clock: Clock;
	/** What GITHUB_API_URL would be, without a slash at its end. */
	readonly apiUrl: string;
	/** The next id of the whole world; ids of runs and jobs do not fit 32 bits, as on GitHub. */
	nextId(): number;
}
