import { setTimeout as sleep } from "node:timers/promises";
import type { Wait } from "@tidemark/core";

/** How logs are fetched; tests have neither the time nor 50,000 logs. */
export interface Manner {
	readonly wait: Wait;
	/** How many logs one export holds at most. */
	readonly exportLimit: number;
	/** How many logs are stored together. */
	readonly pageSize: number;
}

export const usualManner: Manner = {
	wait: (ms, signal) => sleep(ms, undefined, { signal }),
	exportLimit: 50_000,
	pageSize: 10_000,
};
