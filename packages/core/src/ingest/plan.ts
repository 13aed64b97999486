import { type Clock, computeCut, type Database, type Retention, readClock } from "@tidemark/db";
import { retryDatabase } from "../open-database.ts";
import type { Reporter } from "../source.ts";

interface Wishes {
	/** Rows older than this were not asked for; null asks for everything. */
	readonly since: string | null;
	/** Reads and parses, stores nothing and takes no lease. */
	readonly dryRun: boolean;
	/** The share of entries that may become dead letters, 0 to 1, before a target counts as failed; null tolerates all. */
	readonly maxBad: number | null;
	/** Where dead letters are written as well; undefined for nowhere. */
	readonly deadLetterDirectory: string | undefined;
}

/** What holds for one invocation, whatever the source. */
export interface Plan extends Wishes {
	readonly db: Database;
	readonly clock: Clock;
	/** Rows older than this are never stored; null stores everything. */
	readonly cut: string | null;
	/** The later of `cut` and `since`. */
	readonly floor: string | null;
	/** Aborted on Ctrl-C or when the time is used up. */
	readonly signal: AbortSignal;
	/** True if a person stopped it. */
	readonly isCancelled: () => boolean;
	readonly report: Reporter;
}

export interface PlanOptions extends Partial<Wishes>, Pick<Plan, "db" | "report"> {
	readonly retention: Retention;
	/** By default the database's; whatever is old or new, is so by this one. */
	readonly clock?: Clock | undefined;
	/** Milliseconds that this invocation may take; it ends in time with what is done. */
	readonly maxDurationMs?: number | undefined;
	readonly cancel?: AbortSignal | undefined;
}

/** Settles what an invocation goes by, once: every source is judged against the same moment. */
export async function makePlan({ retention, maxDurationMs, cancel, ...options }: PlanOptions): Promise<Plan> {
	const { db, since = null } = options;
	const clock = options.clock ?? (await retryDatabase(() => readClock(db)));
	const cut = await retryDatabase(() => computeCut(db, retention, clock.start));
	const limits = [cancel, maxDurationMs === undefined ? undefined : limitTime(maxDurationMs)];
	return {
		dryRun: false,
		maxBad: null,
		deadLetterDirectory: undefined,
		...options,
		clock,
		cut,
		since,
		floor: pickLater(cut, since),
		signal: AbortSignal.any(limits.filter((limit) => limit !== undefined)),
		isCancelled: () => cancel?.aborted ?? false,
	};
}

/** A timer counts whole milliseconds, at most 25 days of them. */
export function limitTime(ms: number): AbortSignal {
	return AbortSignal.timeout(Math.min(Math.round(ms), 2 ** 31 - 1));
}

/** The later of two canonical instants; null is the beginning of time. */
export function pickLater(left: string | null, right: string | null): string | null {
	if (left === null || right === null) return left ?? right;
	return left > right ? left : right;
}
