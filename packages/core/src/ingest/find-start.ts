import type { Checkpoint } from "@tidemark/db";
import type { z } from "zod";
import type { Reporter } from "../source.ts";
import { pickLater } from "./plan.ts";

/** Where reading begins, and what the checkpoints of this run will vouch for. */
export interface StartingPoint<Cursor> {
	readonly from: Cursor | undefined;
	readonly floor: string | null;
	/** Rows may be stored already at another event time. */
	readonly reshaping: boolean;
}

interface Wanted<Cursor> {
	readonly cursor: z.ZodType<Cursor>;
	/** What was asked for: the later of `--since` and the retention's cut. */
	readonly floor: string | null;
	/** How far back the source itself reaches on a first run without --since. */
	readonly reach: string | null;
	/** Where the retention cuts, which moves with the clock. */
	readonly cut: string | null;
	readonly shape: string;
	readonly report: Pick<Reporter, "info">;
	readonly label: string;
}

/**
 * Judges a stored checkpoint: its cursor holds only under the settings that shaped the rows, and only down to its floor.
 * If it does not hold, the target is read again from the beginning, and the report says why.
 */
export function findStart<Cursor>(
	stored: Checkpoint | undefined,
	{ cursor, floor: asked, reach, cut, shape, report, label }: Wanted<Cursor>,
): StartingPoint<Cursor> {
	const floor = reach === null ? asked : pickLater(asked, stored ? pickEarlier(stored.floor, reach) : reach);
	if (!stored) return { from: undefined, floor, reshaping: false };
	const again = (why: string, reshaping: boolean) => {
		report.info(`${label}: reading it again from the beginning - ${why}`);
		return { from: undefined, floor, reshaping };
	};
	if (stored.shape !== shape) return again("the settings that shape its rows have changed", true);
	if (isLower(floor, stored.floor, floor === cut ? dayMs : 0)) {
		// Rows below the old floor may be stored all the same, from before a change of shape that did not reach as deep.
		const before = stored.floor === null ? "" : stored.floor.slice(0, 10);
		return again(`nothing from before ${before} was stored the last time`, true);
	}
	const from = cursor.safeParse(stored.cursor);
	if (!from.success) return again("its checkpoint was written by another version", stored.reshaping);
	return { from: from.data, floor: pickLater(floor, stored.floor), reshaping: stored.reshaping };
}

/** What was once in reach stays in reach: a run of last month may be re-run today. */
function pickEarlier(left: string | null, right: string | null): string | null {
	if (left === null || right === null) return null;
	return left < right ? left : right;
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
