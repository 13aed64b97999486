import { countDeadLetters, type Ingestion, lastIngestions, type Queryable } from "@tidemark/db";
import { type Calls, type Grouping, noCalls, readCalls } from "./calls.ts";
import { type Period, readSpan } from "./period.ts";
import { requireZone } from "./zone.ts";

export interface OverviewOptions {
	/** Canonical instant, inclusive. Events count by their own time, not by when they were ingested. */
	readonly since: string;
	/** Canonical instant, exclusive; open without one. */
	readonly until?: string | undefined;
	/** IANA name; days begin and instants are shown in it. UTC without one. */
	readonly zone?: string | undefined;
	/** No groups without one. */
	readonly by?: Grouping | undefined;
}

/** The LLM calls of a period, and what is known of how they got here. */
export interface Overview extends Calls {
	readonly period: Period;
	readonly by: Grouping | null;
	/** When an ingestion last came to its end (outcome `done`); null if none ever did. */
	readonly dataThrough: string | null;
	/** The newest call of all, in the period or not. */
	readonly newestEver: string | null;
	/** The newest of each source and target. */
	readonly ingestions: readonly Ingestion[];
	/** Entries that could not become rows. */
	readonly deadLetters: readonly { readonly source: string; readonly count: number }[];
}

const mostIngestions = 100;

/**
 * Looks at the LLM calls of a period: in total, in groups, and over time.
 *
 * A handful of statements, two of which scan the calls; a million of them take less than a second.
 *
 * @throws UsageError for an unknown zone
 */
export async function overview(db: Queryable, { since, until, zone = "UTC", by }: OverviewOptions): Promise<Overview> {
	requireZone(zone);
	const period = { since, until: until ?? null, zone };
	const { span, newestEver } = await readSpan(db, period);
	const calls = span ? await readCalls(db, period, span, by) : noCalls;
	return {
		period,
		by: by ?? null,
		...calls,
		dataThrough: await readDataThrough(db),
		newestEver,
		ingestions: await lastIngestions(db, mostIngestions),
		deadLetters: await countDeadLetters(db),
	};
}

async function readDataThrough(db: Queryable): Promise<string | null> {
	const [last] = await db.query<{ at: string | null }>(
		"SELECT max(finished_at) AS at FROM ingestions WHERE outcome = 'done'",
	);
	return last?.at ?? null;
}
