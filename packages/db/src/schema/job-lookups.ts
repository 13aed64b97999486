import { bigint, index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { rulesOf } from "./rules.ts";
import { instant, stamps } from "./stamps.ts";

/** What came of asking GitHub for the jobs of one attempt, so that one without jobs is asked for once and not for ever. */
export const jobLookups = pgTable(
	"job_lookups",
	{
		githubRunId: bigint({ mode: "number" }).notNull(),
		runAttempt: integer().notNull(),
		repositoryId: bigint({ mode: "number" }).notNull(),
		runCreatedAt: instant().notNull(),
		state: text().notNull(),
		reason: text(),
		tries: integer().notNull(),
		jobCount: integer(),
		lookedUpAt: instant().notNull(),
		...stamps(),
	},
	(table) => [
		primaryKey({ name: "job_lookups_identity", columns: [table.githubRunId, table.runAttempt] }),
		index("job_lookups_by_run_created_at").on(table.runCreatedAt),
	],
);

export const jobLookupRules = rulesOf(jobLookups, { time: "runCreatedAt" });
