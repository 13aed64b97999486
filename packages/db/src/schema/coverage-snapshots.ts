import { bigint, doublePrecision, index, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { rulesOf } from "./rules.ts";
import { instant, stamps } from "./stamps.ts";

/** Test coverage of one commit; `flag` tells suites of one commit apart and is '' where there is only one. */
export const coverageSnapshots = pgTable(
	"coverage_snapshots",
	{
		repository: text().notNull(),
		commitSha: text().notNull(),
		flag: text().notNull(),
		branch: text(),
		createdAt: instant().notNull(),
		linesCovered: bigint({ mode: "number" }),
		linesTotal: bigint({ mode: "number" }),
		branchesCovered: bigint({ mode: "number" }),
		branchesTotal: bigint({ mode: "number" }),
		functionsCovered: bigint({ mode: "number" }),
		functionsTotal: bigint({ mode: "number" }),
		lineCoverage: doublePrecision(),
		...stamps(),
	},
	(table) => [
		primaryKey({ name: "coverage_snapshots_identity", columns: [table.repository, table.commitSha, table.flag] }),
		index("coverage_snapshots_by_created_at").on(table.createdAt),
	],
);

export const coverageSnapshotRules = rulesOf(coverageSnapshots, { time: "createdAt" });
