import type { Queryable } from "@tidemark/db";
import { expect } from "vitest";
import { type OverviewOptions, readOverview, renderJson } from "../src/index.ts";

/** The overview as programs get it. */
// biome-ignore lint/suspicious/noExplicitAny: JSON, whose shape the assertions state
export async function readJson(db: Queryable, options: OverviewOptions): Promise<any> {
	return JSON.parse(renderJson(await readOverview(db, options)));
}

export type Named = Readonly<Record<string, unknown>>;

/** The values of these names in each row. */
export function pick(rows: readonly Named[], ...names: readonly string[]): unknown[][] {
	return rows.map((row) => names.map((name) => row[name]));
}

/** A percentile that may be off by the width of a bin, 1 %. */
export function about(value: number): unknown {
	return expect.closeTo(value, -Math.log10(0.02 * value));
}
