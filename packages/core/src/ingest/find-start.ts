import type { Checkpoint } from "@tidemark/db";
import type { Context, Source, Target } from "../source.ts";
import { formatInstant } from "../time/parse-instant.ts";
import { type Plan, pickLater } from "./plan.ts";

/** A target of a source, and what its reading goes by. */
export interface TargetTask {
	readonly source: Source<unknown, unknown, unknown>;
	readonly target: Target;
	readonly context: Context<unknown>;
	/** A hash of the settings that decide which rows an entry becomes. */
	readonly shape: string;
	readonly plan: Plan;
}

/** Where reading begins, and what the checkpoints of this run will vouch for. */
interface StartingPoint {
	readonly from: unknown;
	readonly floor: string | null;
	/** Rows may be stored already at another event time. */
	readonly reshaping: boolean;
}

/** Judges a stored checkpoint: its cursor holds only under the settings that shaped the rows, and down to its floor. */
export function findStart(stored: Checkpoint | undefined, { source, target, shape, plan }: TargetTask): StartingPoint {
	const reach = findReach(plan, source.reachMs);
	// What was once in reach stays in reach: a run of last month may be re-run today.
	const deepest = stored && reach !== null ? pickEarlier(stored.floor, reach) : reach;
	const floor = pickLater(plan.floor, deepest);
	if (!stored) return { from: undefined, floor, reshaping: false };
	const again = (why: string, reshaping: boolean) => {
		plan.report.info(`${source.name} ${target.name}: reading it again from the beginning - ${why}`);
		return { from: undefined, floor, reshaping };
	};
	if (stored.shape !== shape) return again("the settings that shape its rows have changed", true);
	if (isLower(floor, stored.floor, floor === plan.cut ? dayMs : 0)) {
		// Rows below the old floor may be stored all the same, from before a change of shape that did not reach as deep.
		const before = stored.floor === null ? "" : stored.floor.slice(0, 10);
		return again(`nothing from before ${before} was stored the last time`, true);
	}
	const from = source.cursor.safeParse(stored.cursor);
	if (!from.success) return again("its checkpoint was written by another version", stored.reshaping);
	return { from: from.data, floor: pickLater(floor, stored.floor), reshaping: stored.reshaping };
}

/** How far back a source reaches by itself, without --since; null is as far as the retention. */
function findReach({ since, clock }: Plan, reachMs: number | undefined): string | null {
	if (since !== null || reachMs === undefined) return null;
	return formatInstant(Date.parse(clock.start) - reachMs);
}

function pickEarlier(left: string | null, right: string): string | null {
	return left !== null && left > right ? right : left;
}

const dayMs = 24 * 60 * 60 * 1000;

/**
 * True if `floor` reaches further back than `vouched`. For a retention a day does not count: six months before
 * 31 August at noon is earlier than six months before 30 August at midnight, and both are about to be pruned.
 */
function isLower(floor: string | null, vouched: string | null, slackMs: number): boolean {
	if (vouched === null) return false;
	return floor === null || (floor < vouched && Date.parse(floor) <= Date.parse(vouched) - slackMs);
}
