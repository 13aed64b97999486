import type { Calls } from "../../calls/calls.ts";
import type { Figures } from "../../calls/figures.ts";
import { keyFigure, widthOf } from "../key-figure.ts";
import { count, duration, money, percentage, plural, size } from "../numbers.ts";
import type { KeyFigure } from "../part.ts";

/** Calls, cost, success, tokens and duration in total, every rate with the number of calls behind it. */
export function callKeyFigures({ total, buckets, percentileError }: Calls): KeyFigure[] {
	const { calls, cost, success, tokens, trend } = total;
	const time = total.duration;
	return [
		keyFigure("Calls", count(calls), widthOf(buckets), trend.calls),
		keyFigure("Cost", money(cost.usd), costNotes(cost), trend.costUsd),
		keyFigure("Success", percentage(success.rate), [`of ${plural(success.known, "call")} with a known outcome`]),
		keyFigure("Tokens in", size(tokens.input), cacheNotes(tokens)),
		keyFigure("Tokens out", size(tokens.output), []),
		keyFigure("Duration", duration(time.p50), durationNotes(time, percentileError)),
	];
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
