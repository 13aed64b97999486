import { listRetryableDeadLetters } from "@tidemark/db";
import { groupBy } from "../group-by.ts";
import type { Kind } from "../kind.ts";
import { takeIn } from "../take-in.ts";
import type { Plan } from "./plan.ts";

export interface RetryResult {
	/** Dead letters that have become rows, and are dead letters no more. */
	readonly stored: number;
	/** Those that are refused again; their reason is the new one. */
	readonly refused: number;
}

const pageSize = 500;

/** Takes the kept entries in again, as after a corrected parser. */
export async function retryDeadLetters<Entry>(
	kind: Kind<Entry>,
	{ db, cut, clock }: Pick<Plan, "db" | "cut" | "clock">,
): Promise<RetryResult> {
	let [stored, refused, after] = [0, 0, ""];
	for (;;) {
		const letters = await listRetryableDeadLetters(db, { source: kind.name, after, limit: pageSize });
		const last = letters.at(-1);
		if (!last) return { stored, refused };
		after = last.id;
		for (const [target, same] of groupBy(letters, (letter) => letter.target)) {
			const items = same.map(({ id, at, entry }) => ({ at, entry, deadLetter: id }));
			const taken = await takeIn(db, kind, items, { target, now: clock.now(), cut, since: null });
			refused += taken.refused.length;
			stored += items.length - taken.refused.length;
		}
	}
}
