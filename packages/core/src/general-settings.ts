import { parseRetention } from "@tidemark/db";
import { z } from "zod";
import { setting } from "./setting.ts";
import { parseDuration } from "./span.ts";

/** Settings of every source and command. */
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
	maxBad: setting(z.string().transform(parseShare).nullable().default(null), {
		env: "TELEMETRY_MAX_BAD",
		flag: "max-bad",
		value: "<percent>",
		words:
			"Fail where more than this share of a file's entries is bad, for example 5%. Off unless set; what is good is stored all the same.",
	}),
	maxDurationMs: setting(z.string().transform(parseBudget).optional(), {
		env: "TELEMETRY_MAX_DURATION",
		flag: "max-duration",
		value: "<time>",
		words: "End in good order after this time, for example 10m; the next run goes on from there.",
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
