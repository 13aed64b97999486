import { sumOf } from "../figure.ts";
import type { Seconds } from "./attempt-times.ts";
import type { JobCell } from "./job-cells.ts";
import type { Runner } from "./runner.ts";
import { type PublicRepositories, type RunnerFigures, runnerFiguresOf } from "./runner-figures.ts";
import { secondsOfCounts } from "./value-counts.ts";

/** The jobs that asked for the same runner. */
export interface RunnerGroup extends RunnerFigures {
	/** Its labels; null where the jobs name none. */
	readonly name: string | null;
	/** What the labels stand for; null where that is not known, and with it no price. */
	readonly runner: Runner | null;
	/** Seconds from being queued to the start, of the jobs that ran. */
	readonly queue: Seconds;
}

/** Jobs by their runner labels, those with the most minutes first. */
export function runnerGroupsOf(cells: readonly JobCell[], publicRepositories: PublicRepositories): RunnerGroup[] {
	const ran = cells.filter(({ jobs }) => jobs > 0);
	return [...Map.groupBy(ran, ({ machine }) => machine.name)]
		.map(([name, cells]) => ({
			name,
			runner: cells[0]?.machine.runner ?? null,
			queue: queueOf(cells),
			...runnerFiguresOf(cells, publicRepositories),
		}))
		.sort(
			(one, other) => (other.minutes ?? 0) - (one.minutes ?? 0) || ((one.name ?? "") < (other.name ?? "") ? -1 : 1),
		);
}

function queueOf(cells: readonly JobCell[]): Seconds {
	const counts = new Map<number, number>();
	for (const [queueSeconds, same] of Map.groupBy(cells, ({ queueSeconds }) => queueSeconds)) {
		if (queueSeconds === null) continue;
		counts.set(
			queueSeconds,
			sumOf(same, ({ jobs }) => jobs),
		);
	}
	return secondsOfCounts(counts);
}
