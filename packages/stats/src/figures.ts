import type { Sums } from "./cells.ts";
import type { Percentiles } from "./percentiles.ts";

/** What is said about some calls. A figure nobody knows is null, never 0. */
export interface Figures {
	readonly calls: number;
	readonly success: {
		/** Share of the known outcomes, 0 to 1. */
		readonly rate: number | null;
		/** Calls of which is known whether they succeeded. */
		readonly known: number;
	};
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

const fewestForP95 = 20;

/** Adds up cells and puts the percentiles, which cannot be added, beside them. */
export function figuresOf(cells: readonly Sums[], percentiles: Percentiles | null): Figures {
	const sum = (value: (cell: Sums) => number | null) => addKnown(cells.map(value));
	const count = (value: (cell: Sums) => number) => cells.reduce((total, cell) => total + value(cell), 0);
	const calls = count((cell) => cell.calls);
	const successKnown = count((cell) => cell.successKnown);
	const reportedUsd = sum((cell) => cell.reportedCost);
	const estimatedUsd = sum((cell) => cell.estimatedCost);
	const [reportedCalls, estimatedCalls] = [count((cell) => cell.reportedCalls), count((cell) => cell.estimatedCalls)];
	const durationKnown = count((cell) => cell.durationKnown);
	const durationMs = sum((cell) => cell.durationMs);
	return {
		calls,
		success: {
			rate: ratio(
				count((cell) => cell.succeeded),
				successKnown,
			),
			known: successKnown,
		},
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

/** The sum of what is known; null where nothing is. */
export function addKnown(values: readonly (number | null)[]): number | null {
	return values.reduce((sum, value) => (value === null ? sum : (sum ?? 0) + value), null);
}

/** As precise as a stored cost (nine decimals), so that adding binary fractions leaves no trace. */
export function toNanoDollar(usd: number | null): number | null {
	return usd === null ? null : Math.round(usd * 1e9) / 1e9;
}

function toMicrosecond(milliseconds: number | null): number | null {
	return milliseconds === null ? null : Math.round(milliseconds * 1e3) / 1e3;
}

function ratio(part: number, whole: number): number | null {
	return whole === 0 ? null : part / whole;
}

/** Canonical instants sort as text. */
function extreme(instants: readonly string[], comesFirst: (one: string, other: string) => boolean): string | null {
	return instants.reduce<string | null>((best, instant) => {
		return best === null || comesFirst(instant, best) ? instant : best;
	}, null);
}
