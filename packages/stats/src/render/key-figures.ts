import type { Buckets } from "../buckets.ts";
import type { Figures } from "../figures.ts";
import type { Overview } from "../overview.ts";
import { count, duration, money, percentage, plural, size } from "./numbers.ts";
import { sparkline } from "./sparkline.ts";

/** One line of the block that says how things are. */
export interface KeyFigure {
	readonly label: string;
	readonly value: string;
	/** How it went over time; empty where there is only one moment. */
	readonly trend: string;
	/** What the value has to be read with. */
	readonly notes: readonly string[];
}

/** Calls, cost, success, tokens and duration in total, every rate with the number of calls behind it. */
export function keyFigures({ total, buckets, percentileError }: Overview): KeyFigure[] {
	const { calls, cost, success, tokens, trend } = total;
	const time = total.duration;
	const figure = (label: string, value: string, notes: readonly string[], values: readonly (number | null)[] = []) => {
		const isTrend = values.length > 1 && values.some((value) => value !== null);
		return { label, value, notes, trend: isTrend ? sparkline(values) : "" };
	};
	return [
		figure("Calls", count(calls), widthOf(buckets), trend.calls),
		figure("Cost", money(cost.usd), costNotes(cost), trend.costUsd),
		figure("Success", percentage(success.rate), [`of ${plural(success.known, "call")} with a known outcome`]),
		figure("Tokens in", size(tokens.input), cacheNotes(tokens)),
		figure("Tokens out", size(tokens.output), []),
		figure("Duration", duration(time.p50), durationNotes(time, percentileError)),
	];
}

function widthOf(buckets: Buckets | null): string[] {
	if (!buckets || buckets.starts.length < 2) return [];
	return [buckets.every === 1 ? `per ${buckets.unit}` : `per ${buckets.every} ${buckets.unit}s`];
}

function costNotes({ reportedUsd, estimatedUsd, unpriced }: Figures["cost"]): string[] {
	const missing = unpriced > 0 ? [`${plural(unpriced, "call")} without a known price`] : [];
	if (reportedUsd === null) return [...(estimatedUsd === null ? [] : ["estimated"]), ...missing];
	if (estimatedUsd === null) return ["reported", ...missing];
	return [`${money(reportedUsd)} reported`, `${money(estimatedUsd)} estimated`, ...missing];
}

function cacheNotes({ cacheRead, cacheWrite }: Figures["tokens"]): string[] {
	if (cacheRead === null && cacheWrite === null) return [];
	return [`cache read ${size(cacheRead)}`, `cache write ${size(cacheWrite)}`];
}

function durationNotes({ p95, mean, known }: Figures["duration"], error: number): string[] {
	const behind = `of ${plural(known, "timed call")}`;
	if (known === 0) return [behind];
	const accuracy = error > 0 ? [`median and p95 within ${error * 100} %`] : [];
	// Under 20 calls there is no p95.
	return ["median", ...(p95 === null ? [] : [`p95 ${duration(p95)}`]), `mean ${duration(mean)}`, behind, ...accuracy];
}
