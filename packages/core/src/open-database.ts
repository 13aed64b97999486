import { setTimeout as sleep } from "node:timers/promises";
import { connect, type Database, migrate, readErrorCode } from "@tidemark/db";
import { generalSettings } from "./settings/general-settings.ts";
import { type Given, readSettings } from "./settings/setting.ts";

const restartMs = 30_000;
/** Nobody may be there at all, as at a wrong port. */
const refusedMs = 5000;

/**
 * The configured database with its tables up to date. Close it: `await using`. A server that restarts is waited for.
 * @param say reports that the database is waited for
 */
export async function openDatabase(
	given: Given,
	say: (text: string) => void = () => undefined,
): Promise<Database & AsyncDisposable> {
	const { databaseUrl, databaseDirectory } = readSettings(generalSettings, given);
	const open = async () => {
		const opened = await connect({ url: databaseUrl, directory: databaseDirectory });
		try {
			await migrate(opened);
			return opened;
		} catch (error) {
			await opened.close();
			throw error;
		}
	};
	const began = performance.now();
	const db = await retry(open, (code, attempt) => {
		const isRestarting = /^(57P0|08006|CONNECTION_|ECONNRESET|EPIPE)/.test(code);
		const limitMs = isRestarting ? restartMs : code === "ECONNREFUSED" ? refusedMs : 0;
		if (performance.now() - began >= limitMs) return undefined;
		if (attempt === 1) say(`The database server is not there yet: waiting up to ${limitMs / 1000} s for it.`);
		return 500;
	});
	return { ...db, [Symbol.asyncDispose]: () => db.close() };
}

const maxTries = 5;

// Connection (08), resources (53), operator intervention (57P), a suspended transaction (25P03), serialisation and deadlock (40).
const passing = /^(08|53|57P|25P03|40001|40P01|ECONN|EPIPE|ETIMEDOUT|CONNECT_TIMEOUT|CONNECTION_)/;

/** Runs database work again if its failure may pass: a restart, a lost connection, a deadlock. Never for wrong data. */
export function retryDatabase<Result>(work: () => Promise<Result>): Promise<Result> {
	return retry(work, (code, attempt) => {
		if (attempt === maxTries || !passing.test(code)) return undefined;
		// Doubling, and never two processes in step: 0.2, 0.4, 0.8, 1.6 s on average.
		return 200 * 2 ** (attempt - 1) * (0.5 + Math.random());
	});
}

/** @param choosePauseMs how long to wait before the next try; undefined gives up */
async function retry<Result>(
	work: () => Promise<Result>,
	choosePauseMs: (code: string, attempt: number) => number | undefined,
): Promise<Result> {
	for (let attempt = 1; ; attempt++) {
		try {
			return await work();
		} catch (error) {
			// An error in words keeps the code as its cause.
			const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : "";
			const pauseMs = choosePauseMs(readErrorCode(error) ?? cause, attempt);
			if (pauseMs === undefined) throw error;
			await sleep(pauseMs);
		}
	}
}
