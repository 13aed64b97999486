import { setImmediate } from "node:timers/promises";
import type { Refused, Rows } from "@tidemark/db";
import type { EntryItem, Item, Kind } from "../kind.ts";

/** An entry that became rows; kept beside them, should the database refuse one. */
export interface Parsed {
	readonly item: EntryItem;
	readonly rows: Rows;
}

/** After this many entries whatever else waits gets its turn: above all the page that is being stored. */
const turnAfter = 100;

/** Turns items into rows, and what cannot become rows into dead letters; nothing in between. */
export async function parseItems<Entry>(
	kind: Kind<Entry>,
	target: string,
	items: readonly Item[],
): Promise<{ parsed: Parsed[]; refused: Refused[] }> {
	const parsed: Parsed[] = [];
	const refused: Refused[] = [];
	for (const [index, item] of items.entries()) {
		if (index % turnAfter === turnAfter - 1) await setImmediate();
		if ("spoilt" in item) {
			refused.push({ source: kind.name, target, at: item.at, reason: item.spoilt, text: item.text });
			continue;
		}
		try {
			parsed.push({ item, rows: kind.rows(kind.entry.parse(item.entry)) });
		} catch (error) {
			refused.push(refuseEntry(kind, target, item, error));
		}
	}
	return { parsed, refused };
}

/** The dead letter that an entry becomes. */
export function refuseEntry(
	{ name }: Pick<Kind<never>, "name">,
	target: string,
	{ at, entry, key, deadLetter }: EntryItem,
	reason: unknown,
): Refused {
	return { source: name, target, at, reason: describeReason(reason), entry, key, id: deadLetter };
}

/** One line that a person can read; a zod error lists what is wrong field by field. */
export function describeReason(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	if (!("issues" in error) || !Array.isArray(error.issues)) return error.message;
	return error.issues
		.map(({ path, message }: { path: readonly PropertyKey[]; message: string }) =>
			[path.map(String).join("."), message].filter(Boolean).join(": "),
		)
		.join("; ");
}
