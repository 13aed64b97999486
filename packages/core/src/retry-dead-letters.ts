import { type DeadLetter, removeDeadLetters, renewReasons, retryableDeadLetters } from "@tidemark/db";
import { parseItems } from "./parse-items.ts";
import type { Plan } from "./plan.ts";
import { saveAllButRefused } from "./save-parsed.ts";
import type { Source } from "./source.ts";

export interface RetryResult {
	/** Dead letters that have become rows, and are dead letters no more. */
	readonly stored: number;
	/** Those that are still refused; their reason was renewed. */
	readonly refused: number;
}

const pageSize = 500;

/** Parses the kept entries again, as after a fixed parser, and stores those that now fit. */
export async function retryDeadLetters<Config, Cursor, Entry>(
	source: Source<Config, Cursor, Entry>,
	{ db, cut }: Pick<Plan, "db" | "cut">,
): Promise<RetryResult> {
	let [stored, refused, after] = [0, 0, ""];
	for (;;) {
		const letters = await retryableDeadLetters(db, { source: source.name, after, limit: pageSize });
		const last = letters.at(-1);
		if (!last) return { stored, refused };
		after = last.id;
		const bad = await retryPage(source, letters, { db, cut });
		refused += bad;
		stored += letters.length - bad;
	}
}

/** Each letter counts by its id: letters of different targets may stand at places of the same name. */
async function retryPage<Config, Cursor, Entry>(
	source: Source<Config, Cursor, Entry>,
	letters: readonly DeadLetter[],
	{ db, cut }: Pick<Plan, "db" | "cut">,
): Promise<number> {
	const items = letters.map(({ id, entry }) => ({ at: id, entry }));
	const { parsed, refused } = await parseItems(source, "", items);
	return db.transaction(async (tx) => {
		const saved = await saveAllButRefused(tx, parsed, { cut, since: null }, { keepsTimes: source.keepsTimes ?? false });
		const bad = new Map([...refused, ...saved.refused].map(({ at, reason }) => [at, reason]));
		await removeDeadLetters(
			tx,
			letters.map(({ id }) => id).filter((id) => !bad.has(id)),
		);
		await renewReasons(tx, bad);
		return bad.size;
	});
}
