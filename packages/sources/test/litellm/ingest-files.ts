import { defineSource, makePlan, type Source, type TargetResult } from "@tidemark/core";
import { type Database, parseRetention } from "@tidemark/db";

export interface Told {
	readonly results: readonly TargetResult[];
	/** The sums over all targets. */
	readonly inserted: number;
	readonly rejected: number;
	readonly said: readonly string[];
}

/** Ingests with a source as `telemetry ingest <source>` does. What targets failed with is in the results. */
export async function ingestWith<Config, Cursor, Entry>(
	source: Source<Config, Cursor, Entry>,
	db: Database,
	flags: Readonly<Record<string, string | readonly string[]>>,
): Promise<Told> {
	const said: string[] = [];
	const say = (text: string) => void said.push(text);
	const report = { info: say, warn: say, progress: () => undefined };
	const plan = await makePlan({ db, retention: parseRetention("off"), report });
	const results = await Array.fromAsync(defineSource(source).ingest(plan, { flags, environment: {} }));
	const sum = (count: "inserted" | "rejected") => results.reduce((total, { counts }) => total + counts[count], 0);
	return { results, inserted: sum("inserted"), rejected: sum("rejected"), said };
}

/** All calls, oldest first, less the columns that are null and the stamps of when they were written. */
export async function storedCalls(db: Database): Promise<Record<string, unknown>[]> {
	const rows = await db.query<Record<string, unknown>>("SELECT * FROM llm_calls ORDER BY timestamp, source_id");
	return rows.map(({ ingested_at, changed_at, ...row }) =>
		Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)),
	);
}
