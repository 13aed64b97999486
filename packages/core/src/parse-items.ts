import { setImmediate } from "node:timers/promises";
import type { Refused, Rows } from "@tidemark/db";
import type { Item, Source } from "./source.ts";

/** An entry that became rows; kept beside them, should the database refuse one. */
export interface Parsed {
	readonly at: string;
	readonly entry: unknown;
	readonly key: string | undefined;
	readonly rows: Rows;
}

/** After so many entries whatever else waits gets its turn: above all the page that is being stored. */
const turnAfter = 500;

/** Turns what was read into rows, and what cannot be into dead letters; nothing in between. */
export async function parseItems<Entry>(
	source: Pick<Source<never, never, Entry>, "name" | "entry" | "rows">,
	target: string,
	items: readonly Item[],
): Promise<{ parsed: Parsed[]; refused: Refused[] }> {
	const parsed: Parsed[] = [];
	const refused: Refused[] = [];
	for (const [index, item] of items.entries()) {
		if (index % turnAfter === turnAfter - 1) await setImmediate();
		const place = { source: source.name, target, at: item.at };
		if ("spoilt" in item) {
			refused.push({ ...place, reason: item.spoilt, text: item.text });
			continue;
		}
		try {
			parsed.push({ at: item.at, entry: item.entry, key: item.key, rows: source.rows(source.entry.parse(item.entry)) });
		} catch (error) {
			refused.push({ ...place, reason: reasonOf(error), entry: item.entry, key: item.key });
		}
	}
	return { parsed, refused };
}

/** One line that a person can read; a zod error lists what is wrong field by field. */
export function reasonOf(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	if (!("issues" in error) || !Array.isArray(error.issues)) return error.message;
	return error.issues
		.map(({ path, message }: { path: readonly PropertyKey[]; message: string }) =>
			[path.map(String).join("."), message].filter(Boolean).join(": "),
		)
		.join("; ");
}
