import { parseRetention } from "@tidemark/db";
import { z } from "zod";
import { setting } from "./setting.ts";

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
