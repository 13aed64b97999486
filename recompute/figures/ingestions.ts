import { aCount, momentBetween } from "./expectation.ts";
import { compareText, sorted } from "./numbers.ts";
import type { RawWorld } from "./raw.ts";

/** A target that was read, and between which moments (milliseconds) its newest ingestion ran. */
export interface ReadTarget {
	readonly source: string;
	readonly target: string;
	readonly started: number;
	readonly ended: number;
}

/** The newest ingestion of each target, in the order of the times that are said, the newest first. */
export function ingestionsOf(world: RawWorld, targets: readonly ReadTarget[], said: readonly SaidIngestion[]) {
	const found = targets.map((read) => ({
		...read,
		said: said.find(({ source, target }) => source === read.source && target === read.target),
	}));
	const newestFirst = sorted(found, (one, other) =>
		compareText(other.said?.started_at ?? "", one.said?.started_at ?? ""),
	);
	return newestFirst.map(({ source, target, started, ended, said: row }) => ({
		source,
		target,
		started_at: momentBetween(started, ended),
		finished_at: momentBetween(started, ended),
		outcome: "done",
		message: null,
		// Whatever was read became of something.
		read: row && row.inserted + row.updated + row.unchanged + row.expired + row.skipped + row.rejected,
		...{ inserted: aCount, updated: aCount, unchanged: aCount },
		expired: 0,
		skipped: 0,
		rejected: spoiltIn(world, target),
	}));
}

function spoiltIn({ callFiles }: RawWorld, target: string): number {
	return callFiles.find(({ path }) => path === target)?.spoilt ?? 0;
}

export function deadLettersOf(world: RawWorld, targets: readonly ReadTarget[]) {
	const counts = new Map<string, number>();
	for (const { source, target } of targets) {
		const spoilt = spoiltIn(world, target);
		if (spoilt > 0) counts.set(source, (counts.get(source) ?? 0) + spoilt);
	}
	return sorted([...counts], ([one], [other]) => compareText(one, other)).map(([source, count]) => ({ source, count }));
}

/** What `stats` says of an ingestion. */
export interface SaidIngestion {
	readonly source: string;
	readonly target: string;
	readonly started_at: string;
	readonly finished_at: string | null;
	readonly inserted: number;
	readonly updated: number;
	readonly unchanged: number;
	readonly expired: number;
	readonly skipped: number;
	readonly rejected: number;
}

/** The oldest of the newest ends. */
export function dataThrough(said: readonly SaidIngestion[], isOfCi: boolean): string | null {
	let oldest: string | null = null;
	for (const { source, finished_at: end } of said) {
		if (source.startsWith("github:") !== isOfCi || end === null) continue;
		if (oldest === null || end < oldest) oldest = end;
	}
	return oldest;
}
