import type { RunScript } from "@tidemark/world/github";
import { days, hours, later } from "./truth.ts";

export const start = "2026-03-01T00:00:00Z";

/** Runs at regular times, each a success of ten minutes. */
export function evenly(count: number, everyMs: number, from = start): RunScript[] {
	return Array.from({ length: count }, (_, index) => {
		const createdAt = later(from, index * everyMs);
		return { id: index + 1, createdAt, attempts: [{ startedAt: createdAt, endedAt: later(createdAt, 600_000) }] };
	});
}

const delays = [hours(0.5), hours(7), days(2), days(9), days(29)];

/** A number of runs a day; one in 17 is re-run: half an hour to 29 days later, some for 13 hours, some twice. */
export function busyDays(count: number, perDay: number): RunScript[] {
	return evenly(count * perDay, days(1) / perDay).map((run, index) => {
		if (index % 17 !== 0) return run;
		const again = later(run.createdAt, delays[(index / 17) % delays.length] ?? 0);
		const isLong = index % 34 === 0;
		const twice = later(again, hours(19));
		return {
			...run,
			attempts: [
				{ startedAt: run.createdAt, endedAt: later(run.createdAt, 600_000), conclusion: "failure" },
				{
					startedAt: again,
					endedAt: later(again, hours(isLong ? 13 : 0.2)),
					conclusion: isLong ? "timed_out" : "success",
				},
				...(index % 51 === 0 ? [{ startedAt: twice, endedAt: later(twice, hours(1)) }] : []),
			],
		};
	});
}
