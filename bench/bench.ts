import type { Figure } from "./figure.ts";

/** What a benchmark is given: a folder of its own, and a database of its own on a server that flushes to disk. */
export interface Surroundings {
	readonly directory: string;
	readonly serverUrl: string;
}

export type Bench = (surroundings: Surroundings) => Promise<readonly Figure[]>;
