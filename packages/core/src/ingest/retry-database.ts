import { setTimeout as sleep } from "node:timers/promises";
import { readErrorCode } from "@tidemark/db";

const maxTries = 5;

// Connection (08), resources (53), operator intervention (57P), a suspended transaction (25P03), serialisation and deadlock (40).
const passing = /^(08|53|57P|25P03|40001|40P01|ECONN|EPIPE|ETIMEDOUT|CONNECT_TIMEOUT|CONNECTION_)/;

/** Runs database work again if its failure may pass: a restart, a lost connection, a deadlock. Never for wrong data. */
export async function retryDatabase<Result>(work: () => Promise<Result>): Promise<Result> {
	for (let attempt = 1; ; attempt++) {
		try {
			return await work();
		} catch (error) {
			if (attempt === maxTries || !passing.test(readErrorCode(error) ?? "")) throw error;
			// Doubling, and never two processes in step: 0.2, 0.4, 0.8, 1.6 s on average.
			await sleep(200 * 2 ** (attempt - 1) * (0.5 + Math.random()));
		}
	}
}
