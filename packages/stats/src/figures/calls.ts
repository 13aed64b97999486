import { countValues } from "../math/histogram.ts";
import type { CallMeasures } from "../measures/calls.ts";
import { addKnown } from "../measures/columns.ts";
import { defineFigure, definePercentiles, defineRate, type Figure, ratio, toUsd } from "./figure.ts";

const countPriced = (m: CallMeasures) => m.reportedCalls + m.estimatedCalls;
const countTimed = (m: CallMeasures) => countValues(m.durations);

export function addCosts(m: CallMeasures): number | null {
	return addKnown([m.reportedNanoUsd, m.estimatedNanoUsd]);
}

/** The figures of calls to language models. */
export const callFigures: readonly Figure<CallMeasures>[] = [
	defineFigure("calls", "Calls", "count", (m) => m.calls, {
		about: "Calls to language models, by their own time.",
		hasTrend: true,
		column: { title: "Calls", importance: 95 },
	}),
	defineRate("success_rate", "Success", (m) => m.succeeded, {
		n: {
			count: (m) => m.successKnown,
			of: ["call with a known outcome", "calls with a known outcome"],
			name: "success_known",
		},
		about: "The share of the calls with a known outcome that succeeded.",
		better: "higher",
		column: { title: "Success (n)", importance: 80, hasN: true },
	}),
	defineFigure("input_tokens", "Tokens in", "size", (m) => m.inputTokens, {
		about: "Input tokens, with those read from and written to a prompt cache.",
		column: { title: "In", importance: 60 },
	}),
	defineFigure("output_tokens", "Tokens out", "size", (m) => m.outputTokens, {
		about: "Output tokens.",
		column: { title: "Out", importance: 60 },
	}),
	defineFigure("cache_read_tokens", "Tokens read from the cache", "size", (m) => m.cacheReadTokens, {
		about: "Input tokens that a prompt cache provided.",
		beside: ["input_tokens", "cache read {value}"],
		column: { title: "Cached", importance: 40 },
	}),
	defineFigure("cache_write_tokens", "Tokens written to the cache", "size", (m) => m.cacheWriteTokens, {
		about: "Input tokens that were written to a prompt cache.",
		beside: ["input_tokens", "cache write {value}"],
	}),
	defineFigure("cost_usd", "Cost", "usd", (m) => toUsd(addCosts(m)), {
		n: { count: countPriced, of: "priced call", name: "priced_calls" },
		says: "",
		about:
			"US dollars: the reported cost of a call, else the estimate from the price table. Calls without either add nothing.",
		better: "lower",
		hasTrend: true,
		column: { title: "Cost", importance: 90 },
	}),
	defineFigure("unpriced_calls", "Calls without a price", "count", (m) => m.calls - countPriced(m), {
		about: "Calls with neither a reported nor an estimated cost. With any, the cost is a lower bound.",
		better: "lower",
		beside: ["cost_usd", "{value} call{s} without a known price"],
		column: { title: "Unpriced", importance: 55, hidesZeros: true },
	}),
	defineFigure("reported_cost_usd", "Reported cost", "usd", (m) => toUsd(m.reportedNanoUsd), {
		n: { count: (m) => m.reportedCalls, of: "call", name: "reported_calls" },
		about: "The part of the cost that whoever billed the calls reported.",
		beside: ["cost_usd", "{value} reported"],
	}),
	defineFigure("estimated_cost_usd", "Estimated cost", "usd", (m) => toUsd(m.estimatedNanoUsd), {
		n: { count: (m) => m.estimatedCalls, of: "call", name: "estimated_calls" },
		about: "The part of the cost that follows from tokens and the price table.",
		beside: ["cost_usd", "{value} estimated"],
	}),
	defineFigure("cost_per_call_usd", "Cost per call", "usd", (m) => ratio(toUsd(addCosts(m)), countPriced(m)), {
		n: { count: countPriced, of: "priced call" },
		about: "The mean cost of the calls with a known cost.",
		better: "lower",
	}),
	...definePercentiles<CallMeasures>("duration", "Duration", "ms", (m) => m.durations, {
		of: "timed call",
		about: "duration of the calls with one.",
		column: ["p50", 70, 70],
	}),
	defineFigure("duration_mean_ms", "Duration, mean", "ms", averageDuration, {
		n: { count: countTimed, of: "timed call", name: "duration_known" },
		about: "The mean duration of the timed calls.",
		better: "lower",
		beside: ["duration_p50_ms", "mean {value}"],
	}),
	defineFigure("oldest", "Oldest call", "instant", (m) => m.oldest, {
		about: "When the first call was made.",
		isDataOnly: true,
	}),
	defineFigure("newest", "Newest call", "instant", (m) => m.newest, {
		about: "When the last call was made.",
		isDataOnly: true,
	}),
];

function averageDuration(m: CallMeasures): number | null {
	return m.durationMicros === null ? null : Math.round(m.durationMicros / countTimed(m)) / 1000;
}
