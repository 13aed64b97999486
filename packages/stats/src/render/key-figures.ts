import type { Buckets } from "../buckets.ts";
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
	const { success, tokens, duration: time, trend } = total;
	const trendOf = (values: readonly (number | null)[]) => (values.length > 1 ? sparkline(values) : "");
	const spread = [`p95 ${duration(time.p95)}`, `mean ${duration(time.mean)}`];
	return [
		{ label: "Calls", value: count(total.calls), trend: trendOf(trend.calls), notes: [widthOf(buckets)] },
		{ label: "Cost", value: money(total.cost.usd), trend: trendOf(trend.costUsd), notes: costNotes(total.cost) },
		{
			label: "Success",
			value: percentage(success.rate),
			trend: "",
			notes: [`of ${plural(success.known, "call")} with a known outcome`],
		},
		{
			label: "Tokens in",
			value: size(tokens.input),
			trend: "",
			notes: [`cache read ${size(tokens.cacheRead)}`, `cache write ${size(tokens.cacheWrite)}`],
		},
		{ label: "Tokens out", value: size(tokens.output), trend: "", notes: [] },
		{
			label: "Duration",
			value: duration(time.p50),
			trend: "",
			notes: ["median", ...spread, `of ${plural(time.known, "timed call")}`, ...accuracy(percentileError)],
		},
	].map((figure) => ({ ...figure, notes: figure.notes.filter((note) => note !== "") }));
}

function widthOf(buckets: Buckets | null): string {
	if (!buckets || buckets.starts.length < 2) return "";
	return buckets.every === 1 ? `per ${buckets.unit}` : `per ${buckets.every} ${buckets.unit}s`;
}

function costNotes({ usd, reportedUsd, estimatedUsd, unpriced }: Overview["total"]["cost"]): string[] {
	const notes =
		reportedUsd !== null && estimatedUsd !== null
			? [`${money(reportedUsd)} reported`, `${money(estimatedUsd)} estimated`]
			: [reportedUsd !== null ? "reported" : "estimated"];
	return [
		...(usd === null ? [] : notes),
		...(unpriced > 0 ? [`${plural(unpriced, "call")} without a known price`] : []),
	];
}

function accuracy(error: number): string[] {
	return error > 0 ? [`p50 and p95 within ${Math.ceil(error * 100)} %`] : [];
}
