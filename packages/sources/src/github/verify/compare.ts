import type { Queryable } from "@tidemark/db";

/** What GitHub lists: its key, its name for people, its state, and when it last changed. */
export interface Listed {
	readonly key: string;
	readonly name: string;
	/** Null if the list does not say it: only being there can be checked. */
	readonly state: string | null;
	readonly changedAt: string | null;
}

/** How the database stands beside GitHub's own list. */
export interface Comparison {
	/** What GitHub lists. */
	readonly listed: number;
	/** Not stored, though it was there when the last collection began. */
	readonly missing: readonly string[];
	/** Stored in another state than GitHub's, though it was in that state when the last collection began. */
	readonly stale: readonly string[];
	/** Came or changed since then: the next collection will bring it. */
	readonly later: number;
}

/**
 * @param stored state by key
 * @param collectedAt when the last collection that came to its end began; null if there was none
 */
export async function compare(
	list: AsyncIterable<Listed>,
	stored: ReadonlyMap<string, string>,
	collectedAt: string | null,
): Promise<Comparison> {
	const listed = new Map<string, Listed>();
	for await (const each of list) listed.set(each.key, each);
	const missing: string[] = [];
	const stale: string[] = [];
	let later = 0;
	for (const { key, name, state, changedAt } of listed.values()) {
		const held = stored.get(key);
		if (held !== undefined && (state === null || held === state)) continue;
		if (collectedAt !== null && changedAt !== null && Date.parse(changedAt) > Date.parse(collectedAt)) later++;
		else if (held === undefined) missing.push(name);
		else stale.push(`${name}: ${held || "nothing"} here, ${state || "nothing"} at GitHub`);
	}
	return { listed: listed.size, missing, stale, later };
}

/** When the last collection that came to its end began; null if there was none. */
export async function findLastCollection(db: Queryable, source: string, target: string): Promise<string | null> {
	const [last] = await db.query<{ at: string | null }>(
		"SELECT max(started_at) AS at FROM ingestions WHERE source = $1 AND target = $2 AND outcome = 'done' AND started_at <= clock_timestamp()",
		[source, target],
	);
	return last?.at ?? null;
}
