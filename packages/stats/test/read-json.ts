import type { Queryable } from "@tidemark/db";
import { expect } from "vitest";
import { type OverviewOptions, readOverview, renderJson } from "../src/index.ts";

/** Figures by their names. */
export type Named = Readonly<Record<string, unknown>>;

/** Figures with those over time. */
type OverTime = Named & {
	readonly trend: {
		readonly calls: readonly number[];
		readonly runs: readonly number[];
		readonly cost_usd: readonly (number | null)[];
	};
};
type Buckets = { readonly unit: string; readonly every: number; readonly starts: readonly string[] } | null;

/** The overview as programs get it: the part of its shape that tests read. */
interface Overview {
	readonly ci: Named & {
		readonly buckets: Buckets;
		readonly total: OverTime;
		readonly completeness: Named & { readonly pauses: readonly Named[] };
		readonly time_to_green: Named;
		readonly pull_requests: Named;
		readonly workflows: readonly Named[];
		readonly runners: readonly Named[];
		readonly repositories: readonly Named[];
		readonly days: readonly Named[];
		readonly red: readonly Named[];
		readonly flaky_jobs: readonly Named[];
	};
	readonly llm: Named & {
		readonly buckets: Buckets;
		readonly total: OverTime;
		readonly groups: readonly OverTime[];
	};
	readonly dead_letters: readonly Named[];
	readonly ingestions: readonly Named[];
	readonly period: Named;
}

export async function readJson(db: Queryable, options: OverviewOptions): Promise<Overview> {
	return JSON.parse(renderJson(await readOverview(db, options)));
}

/** The values of these names in each row. */
export function pick(rows: readonly Named[], ...names: readonly string[]): unknown[][] {
	return rows.map((row) => names.map((name) => row[name]));
}

/** A percentile that may be off by the width of a bin, 1 %. */
export function about(value: number): unknown {
	return expect.closeTo(value, -Math.log10(0.02 * value));
}
