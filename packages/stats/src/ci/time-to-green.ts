import type { Incident } from "./incidents.ts";
import { secondsOfCounts } from "./value-counts.ts";

/** How long the default branch stays red. */
export interface TimeToGreen {
	/** Median of the incidents that were closed, in seconds; null where none was. */
	readonly median: number | null;
	readonly closed: number;
	/** Of these, closed by the same commit: flaky rather than repaired. */
	readonly closedBySameCommit: number;
}

export function timeToGreenOf(incidents: readonly Incident[]): TimeToGreen {
	const closed = incidents.filter(({ closedAt }) => closedAt !== null);
	const counts = new Map<number, number>();
	for (const { openedAt, closedAt } of closed) {
		const seconds = (Date.parse(closedAt ?? openedAt) - Date.parse(openedAt)) / 1000;
		counts.set(seconds, (counts.get(seconds) ?? 0) + 1);
	}
	return {
		median: secondsOfCounts(counts).p50,
		closed: closed.length,
		closedBySameCommit: closed.filter(({ isClosedBySameCommit }) => isClosedBySameCommit).length,
	};
}
