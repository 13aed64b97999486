import { setTimeout as sleep } from "node:timers/promises";
import { connect, type Database, migrate, parseRetention, readErrorCode } from "@tidemark/db";
import { z } from "zod";
import { parseDuration } from "../time/parse-since.ts";
import { type Given, readSettings, setting } from "./setting.ts";

/** Settings of every command. */
export const generalSettings = z.object({
	databaseUrl: setting(z.string().optional(), {
		env: "DATABASE_URL",
		flag: "database-url",
		value: "<url>",
		words:
			"PostgreSQL 15 or newer, postgresql://user:password@host:5432/database. Without it, an embedded database is used.",
		secret: true,
	}),
	databaseDirectory: setting(z.string().default(".telemetry/db"), {
		env: "TELEMETRY_DB_DIR",
		flag: "db-dir",
		value: "<folder>",
		words: "Where the embedded database lives when there is no DATABASE_URL.",
	}),
	retention: setting(z.string().default("6mo").transform(parseRetention), {
		env: "TELEMETRY_RETENTION",
		flag: "retention",
		value: "<span>",
		words:
			"How long rows are kept, by the time of the event: 6mo, 24mo, 90d, 2y or off. Older ones are neither stored nor kept.",
	}),
});

/** Settings of every ingestion, whatever the source. */
export const ingestSettings = z.object({
	since: setting(z.string().optional(), {
		env: "TELEMETRY_SINCE",
		flag: "since",
		value: "<time>",
		words: "Only what happened since: 2026-02-01 (midnight UTC), a timestamp, or a span such as 30d.",
	}),
	maxBad: setting(z.string().transform(parseShare).nullable().default(null), {
		env: "TELEMETRY_MAX_BAD",
		flag: "max-bad",
		value: "<percent>",
		words:
			"Fail if more than this share of a file's entries is bad, for example 5%. Off unless set; what is good is stored all the same.",
	}),
	maxDurationMs: setting(z.string().transform(parseBudget).optional(), {
		env: "TELEMETRY_MAX_DURATION",
		flag: "max-duration",
		value: "<time>",
		words: "End in good order after this time, for example 10m; the next run goes on from there.",
	}),
	deadLetterDirectory: setting(z.string().optional(), {
		env: "TELEMETRY_DEAD_LETTER_DIR",
		flag: "dead-letter-dir",
		value: "<folder>",
		words: "Also append what becomes a dead letter to <source>.jsonl in this folder. Off unless set.",
	}),
});

function parseShare(text: string, context: z.RefinementCtx): number {
	const [, number] = /^(\d+(?:\.\d+)?)\s*%$/.exec(text) ?? [];
	if (number !== undefined && Number(number) <= 100) return Number(number) / 100;
	context.addIssue({ code: "custom", message: "it should be a percentage such as 5%" });
	return z.NEVER;
}

function parseBudget(text: string, context: z.RefinementCtx): number {
	const ms = parseDuration(text);
	if (ms !== undefined) return ms;
	context.addIssue({ code: "custom", message: "it should be a time such as 90s, 10m or 2h" });
	return z.NEVER;
}

/**
 * The configured database with its tables up to date. Close it: `await using`. A server that restarts is waited for.
 * @param say reports that the database is waited for
 */
export async function openDatabase(
	given: Given,
	say: (text: string) => void = () => undefined,
): Promise<Database & AsyncDisposable> {
	const { databaseUrl, databaseDirectory } = readSettings(generalSettings, given);
	const db = await waitForRestart(async () => {
		const opened = await connect({ url: databaseUrl, directory: databaseDirectory });
		try {
			await migrate(opened);
			return opened;
		} catch (error) {
			await opened.close();
			throw error;
		}
	}, say);
	return { ...db, [Symbol.asyncDispose]: () => db.close() };
}

const restartMs = 30_000;
/** Nobody may be there at all, as at a wrong port. */
const refusedMs = 5000;

async function waitForRestart<Result>(work: () => Promise<Result>, say: (text: string) => void): Promise<Result> {
	const began = performance.now();
	for (let isSaid = false; ; isSaid = true) {
		try {
			return await work();
		} catch (error) {
			const code = readErrorCode(error) ?? readCause(error);
			const limitMs = /^(57P0|08006|CONNECTION_|ECONNRESET|EPIPE)/.test(code)
				? restartMs
				: code === "ECONNREFUSED"
					? refusedMs
					: 0;
			const waitedMs = performance.now() - began;
			if (waitedMs >= limitMs) throw error;
			if (!isSaid) say(`The database server is not there yet: waiting up to ${limitMs / 1000} s for it.`);
			await sleep(500);
		}
	}
}

/** An error in words keeps the code as its cause. */
function readCause(error: unknown): string {
	return error instanceof Error && error.cause instanceof Error ? error.cause.message : "";
}
