import type { Queryable } from "@tidemark/db";

/** What is verified, and with what. */
export interface Scope {
	readonly db: Queryable;
	/** Canonical instant. */
	readonly since: string;
	readonly signal: AbortSignal;
	warn(text: string): void;
}

/** What one side says of a thing: its name for people, its state, and when it last changed (canonical or GitHub's own text). */
export interface Seen {
	readonly name: string;
	readonly state: string;
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

/** @param collectedAt when the last collection that came to its end began; null if there was none */
export function compare(
	listed: ReadonlyMap<string, Seen>,
	stored: ReadonlyMap<string, string>,
	collectedAt: string | null,
): Comparison {
	const missing: string[] = [];
	const stale: string[] = [];
	let later = 0;
	for (const [key, { name, state, changedAt }] of listed) {
		const held = stored.get(key);
		if (held === state) continue;
		if (isAfter(changedAt, collectedAt)) later++;
		else if (held === undefined) missing.push(name);
		else stale.push(`${name}: ${held || "nothing"} here, ${state || "nothing"} at GitHub`);
	}
	return { listed: listed.size, missing, stale, later };
}

function isAfter(time: string | null, collectedAt: string | null): boolean {
	return collectedAt !== null && time !== null && Date.parse(time) > Date.parse(collectedAt);
}

/** When the last collection that came to its end began; null if there was none. */
export async function findLastCollection(db: Queryable, source: string, target: string): Promise<string | null> {
	const [last] = await db.query<{ at: string | null }>(
		"SELECT max(started_at) AS at FROM ingestions WHERE source = $1 AND target = $2 AND outcome = 'done' AND started_at <= clock_timestamp()",
		[source, target],
	);
	return last?.at ?? null;
}
