import { countDeadLetters, type Ingestion, lastIngestions, type Queryable } from "@tidemark/db";
import { type Calls, readCalls } from "./calls/calls.ts";
import { type Ci, readCi } from "./ci/ci.ts";
import { type Grouping, groupingOfCalls, groupingOfCi } from "./grouping.ts";
import type { Period } from "./period.ts";
import { requireZone } from "./zone.ts";

export interface OverviewOptions {
	/** Canonical instant, inclusive. Events count by their own time, not by when they were ingested. */
	readonly since: string;
	/** Canonical instant, exclusive; open without one. */
	readonly until?: string | undefined;
	/** IANA name; days begin and instants are shown in it. UTC without one. */
	readonly zone?: string | undefined;
	/** Groups the part that knows it; `day` both. */
	readonly by?: Grouping | undefined;
}

/** What happened in a period, and what is known of how it got here. */
export interface Overview {
	readonly period: Period;
	readonly by: Grouping | null;
	readonly ci: Ci;
	/** The calls to language models. */
	readonly llm: Calls;
	/** The newest of each source and target. */
	readonly ingestions: readonly Ingestion[];
	/** Entries that could not become rows. */
	readonly deadLetters: readonly { readonly source: string; readonly count: number }[];
}

const mostIngestions = 100;

/**
 * Looks at the CI and at the LLM calls of a period: in total, in groups, and over time.
 *
 * A few dozen statements, whatever is stored; a part of which the period holds nothing costs next to nothing. A million
 * calls take less than a second, 100,000 attempts with a million jobs about two.
 *
 * @throws UsageError for an unknown zone
 */
export async function overview(db: Queryable, { since, until, zone = "UTC", by }: OverviewOptions): Promise<Overview> {
	requireZone(zone);
	const period = { since, until: until ?? null, zone };
	return {
		period,
		by: by ?? null,
		ci: await readCi(db, period, groupingOfCi(by)),
		llm: await readCalls(db, period, groupingOfCalls(by)),
		ingestions: await lastIngestions(db, mostIngestions),
		deadLetters: await countDeadLetters(db),
	};
}
