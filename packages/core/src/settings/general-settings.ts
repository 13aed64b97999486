import { parseRetention } from "@tidemark/db";
import { z } from "zod";
import { parseDuration } from "../time/parse-since.ts";
import { setting } from "./setting.ts";

/** Settings of every command. */
export const generalSettings = z.object({
	databaseUrl: setting(z.string().optional(), {
		env: "DATABASE_URL",
		flag: "database-url <url>",
		words:
			"PostgreSQL 15 or newer, postgresql://user:password@host:5432/database. Without it, an embedded database is used.",
		secret: true,
	}),
	databaseDirectory: setting(z.string().default(".telemetry/db"), {
		env: "TELEMETRY_DB_DIR",
		flag: "db-dir <folder>",
		words: "Where the embedded database lives when there is no DATABASE_URL.",
	}),
	retention: setting(z.string().default("6mo").transform(parseRetention), {
		env: "TELEMETRY_RETENTION",
		flag: "retention <span>",
		words:
			"How long rows are kept, by the time of the event: 6mo, 24mo, 90d, 2y or off. Older ones are neither stored nor kept.",
	}),
});

/** A percentage such as `5%`, as a share from 0 to 1. */
export const percentage = z
	.string()
	.regex(/^0*(100(\.0+)?|\d{1,2}(\.\d+)?)\s*%$/, "it should be a percentage such as 5%")
	.transform((text) => Number.parseFloat(text) / 100);

const span = z
	.string()
	.refine((text) => parseDuration(text) !== undefined, "it should be a time such as 90s, 10m or 2h")
	.transform(parseDuration);

/** Settings of every ingestion, whatever the source. */
export const ingestSettings = z.object({
	since: setting(z.string().optional(), {
		env: "TELEMETRY_SINCE",
		flag: "since <time>",
		words: "Only what happened since: 2026-02-01 (midnight UTC), a timestamp, or a span such as 30d.",
	}),
	maxBad: setting(percentage.nullable().default(null), {
		env: "TELEMETRY_MAX_BAD",
		flag: "max-bad <percent>",
		words:
			"Fail if more than this share of a file's entries is bad, for example 5%. Off unless set; what is good is stored all the same.",
	}),
	maxDurationMs: setting(span.optional(), {
		env: "TELEMETRY_MAX_DURATION",
		flag: "max-duration <time>",
		words: "End in good order after this time, for example 10m; the next run goes on from there.",
	}),
	deadLetterDirectory: setting(z.string().optional(), {
		env: "TELEMETRY_DEAD_LETTER_DIR",
		flag: "dead-letter-dir <folder>",
		words: "Also append what becomes a dead letter to <source>.jsonl in this folder. Off unless set.",
	}),
});
