import { defineSource, makePlan, type TargetResult } from "@tidemark/core";
import { type Database, parseRetention } from "@tidemark/db";
import { csv } from "../src/csv/source.ts";

export interface Told {
	readonly results: readonly TargetResult[];
	/** The first and usually only target's. */
	readonly counts: TargetResult["counts"];
	readonly notices: readonly string[];
	readonly warnings: readonly string[];
}

/** Ingests files as `telemetry ingest csv` does, and throws what a target failed with. */
export async function ingestCsv(
	db: Database,
	paths: readonly string[],
	{ retention = "off", ...flags }: Readonly<Record<string, string | readonly string[]>> & { retention?: string } = {},
): Promise<Told> {
	const notices: string[] = [];
	const warnings: string[] = [];
	const report = {
		info: (text: string) => void notices.push(text),
		warn: (text: string) => void warnings.push(text),
		progress: () => undefined,
	};
	const plan = await makePlan({ db, retention: parseRetention(retention), report });
	const given = { flags: { path: paths, ...flags }, environment: {} };
	const results = await Array.fromAsync(defineSource(csv).ingest(plan, given));
	for (const { error } of results) if (error !== undefined) throw error;
	const [first] = results;
	if (!first) throw new Error("there was no target");
	return { results, counts: first.counts, notices, warnings };
}

export interface Totals {
	readonly calls: number;
	readonly input: number | null;
	readonly output: number | null;
	readonly instants: number;
}

export async function totalsOf(db: Database): Promise<Totals | undefined> {
	const [totals] = await db.query<Totals>(
		`SELECT count(*)::int AS calls, sum(input_tokens)::float8 AS input, sum(output_tokens)::float8 AS output,
count(DISTINCT timestamp)::int AS instants FROM llm_calls`,
	);
	return totals;
}
