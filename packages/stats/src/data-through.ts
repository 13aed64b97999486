import type { Queryable } from "@tidemark/db";

/** The sources that tell of GitHub; all others tell of calls. */
export type Sources = "LIKE 'github:%'" | "NOT LIKE 'github:%'";

/** When an ingestion of these sources last came to its end (outcome `done`); null if none ever did. */
export async function readDataThrough(db: Queryable, sources: Sources): Promise<string | null> {
	const [last] = await db.query<{ at: string | null }>(
		`SELECT max(finished_at) AS at FROM ingestions WHERE outcome = 'done' AND source ${sources}`,
	);
	return last?.at ?? null;
}
