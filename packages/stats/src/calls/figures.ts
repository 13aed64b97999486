import { addKnown, fewestForP95, type Rate, rateOf, ratio, sumOf, toNanoDollar } from "../figure.ts";
import type { Sums } from "./cells.ts";
import type { Percentiles } from "./percentiles.ts";

/** What is said about some calls. A figure nobody knows is null, never 0. */
export interface Figures {
	readonly calls: number;
	/** Of the calls of which is known whether they succeeded. */
	readonly success: Rate;
	readonly tokens: {
		/** Includes what was read from and written to a prompt cache. */
		readonly input: number | null;
		readonly output: number | null;
		readonly cacheRead: number | null;
		readonly cacheWrite: number | null;
	};
	/** US dollars. */
	readonly cost: {
		/** Reported where a cost was reported, else estimated; null when nothing is priced. */
		readonly usd: number | null;
		readonly priced: number;
		/** Calls whose cost nobody knows: `usd` is a lower bound when there are any. */
		readonly unpriced: number;
		readonly reportedUsd: number | null;
		readonly reportedCalls: number;
		readonly estimatedUsd: number | null;
		readonly estimatedCalls: number;
	};
	/** Milliseconds. */
	readonly duration: {
		readonly p50: number | null;
		/** Null under 20 durations: the slowest one would decide it alone. */
		readonly p95: number | null;
		readonly mean: number | null;
		/** Calls with a duration. */
		readonly known: number;
	};
	/** Canonical instants of the first and the last call. */
	readonly oldest: string | null;
	readonly newest: string | null;
}

/** Adds up cells and puts the percentiles, which cannot be added, beside them. */
export function figuresOf(cells: readonly Sums[], percentiles: Percentiles | null): Figures {
	const sum = (value: (cell: Sums) => number | null) => addKnown(cells.map(value));
	const count = (value: (cell: Sums) => number) => sumOf(cells, value);
	const calls = count((cell) => cell.calls);
	const successKnown = count((cell) => cell.successKnown);
	const reportedUsd = sum((cell) => cell.reportedCost);
	const estimatedUsd = sum((cell) => cell.estimatedCost);
	const [reportedCalls, estimatedCalls] = [count((cell) => cell.reportedCalls), count((cell) => cell.estimatedCalls)];
	const durationKnown = count((cell) => cell.durationKnown);
	const durationMs = sum((cell) => cell.durationMs);
	return {
		calls,
		success: rateOf(
			count((cell) => cell.succeeded),
			successKnown,
		),
		tokens: {
			input: sum((cell) => cell.inputTokens),
			output: sum((cell) => cell.outputTokens),
			cacheRead: sum((cell) => cell.cacheReadTokens),
			cacheWrite: sum((cell) => cell.cacheWriteTokens),
		},
		cost: {
			usd: toNanoDollar(addKnown([reportedUsd, estimatedUsd])),
			priced: reportedCalls + estimatedCalls,
			unpriced: calls - reportedCalls - estimatedCalls,
			reportedUsd: toNanoDollar(reportedUsd),
			reportedCalls,
			estimatedUsd: toNanoDollar(estimatedUsd),
			estimatedCalls,
		},
		duration: {
			p50: toMicrosecond(percentiles?.p50 ?? null),
			p95: toMicrosecond(durationKnown < fewestForP95 ? null : (percentiles?.p95 ?? null)),
			mean: toMicrosecond(durationMs === null ? null : ratio(durationMs, durationKnown)),
			known: durationKnown,
		},
		oldest: extreme(
			cells.map((cell) => cell.oldest),
			(one, other) => one < other,
		),
		newest: extreme(
			cells.map((cell) => cell.newest),
			(one, other) => one > other,
		),
	};
}

function toMicrosecond(milliseconds: number | null): number | null {
	return milliseconds === null ? null : Math.round(milliseconds * 1e3) / 1e3;
}

/** Canonical instants sort as text. */
function extreme(instants: readonly string[], comesFirst: (one: string, other: string) => boolean): string | null {
	return instants.reduce<string | null>((best, instant) => {
		return best === null || comesFirst(instant, best) ? instant : best;
	}, null);
}
