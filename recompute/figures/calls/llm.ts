import { bucketRecord, bucketsOf, inBuckets } from "../buckets.ts";
import { numberBetween } from "../expectation.ts";
import { compareText, grouped, p95, percentile, rateOf, sorted } from "../numbers.ts";
import type { View } from "../view.ts";
import { dateIn } from "../zone.ts";
import { type Call, microMoment } from "./call.ts";

/** All figures of calls as `stats --json` names them, less what only the ingestion knows. */
export function llmOf(everything: readonly Call[], { since, now, zone, by }: View) {
	const calls = everything.filter(({ at }) => at >= since * 1000);
	const buckets = calls.length === 0 ? null : bucketsOf(since, now, zone);
	const trendOf = (some: readonly Call[]) => {
		const parts = buckets === null ? [] : inBuckets(buckets, some, ({ at }) => Math.floor(at / 1000));
		return {
			calls: parts.map(({ length }) => length),
			cost_usd: parts.map((part) => (part.length === 0 ? 0 : costOf(part).cost_usd)),
		};
	};
	const keyOf = keyFor(by, zone);
	const groups =
		keyOf === undefined
			? []
			: [...grouped(calls, keyOf)].map(([name, same]) => {
					return { name, ...figuresOf(same), trend: by === "day" ? null : trendOf(same) };
				});
	return {
		newest_ever: everything.length === 0 ? null : edgesOf(everything).newest,
		percentile_error: numberBetween(0, 0.01),
		buckets: buckets && bucketRecord(buckets),
		total: { ...figuresOf(calls), trend: trendOf(calls) },
		groups: sorted(groups, (one, other) => {
			if (by === "day") return compareText(one.name ?? "", other.name ?? "");
			const byCost = (other.cost_usd ?? -1) - (one.cost_usd ?? -1);
			return byCost || other.calls - one.calls || compareText(one.name ?? "", other.name ?? "");
		}),
	};
}

function keyFor(by: string | null, zone: string): ((call: Call) => string | null) | undefined {
	if (by === "day") return ({ at }) => dateIn(zone, Math.floor(at / 1000));
	if (by === "model" || by === "phase" || by === "developer" || by === "source") return (call) => call[by];
	return undefined;
}

function figuresOf(calls: readonly Call[]) {
	let succeeded = 0;
	const known = calls.filter(({ isSuccess }) => isSuccess !== null);
	for (const { isSuccess } of known) if (isSuccess === true) succeeded++;
	const durations: number[] = [];
	for (const { durationMs } of calls) if (durationMs !== null) durations.push(durationMs);
	let sum = 0;
	for (const duration of durations) sum += duration;
	return {
		calls: calls.length,
		success_rate: rateOf(succeeded, known.length).rate,
		success_known: known.length,
		input_tokens: sumKnown(calls.map(({ input }) => input)),
		output_tokens: sumKnown(calls.map(({ output }) => output)),
		cache_read_tokens: sumKnown(calls.map(({ cacheRead }) => cacheRead)),
		cache_write_tokens: sumKnown(calls.map(({ cacheWrite }) => cacheWrite)),
		...costOf(calls),
		duration_p50_ms: percentile(durations, 0.5),
		duration_p95_ms: p95(durations),
		duration_mean_ms: durations.length === 0 ? null : Math.round((sum / durations.length) * 1000) / 1000,
		duration_known: durations.length,
		...edgesOf(calls),
	};
}

/** What was reported counts; else what was estimated. Sums of thousand-millionths of a dollar are whole numbers. */
function costOf(calls: readonly Call[]) {
	const reported: number[] = [];
	const estimated: number[] = [];
	for (const { reportedCost, estimatedCost } of calls) {
		if (reportedCost !== null) reported.push(reportedCost);
		else if (estimatedCost !== null) estimated.push(estimatedCost);
	}
	const usd = (costs: readonly number[]) => {
		const sum = sumKnown(costs);
		return sum === null ? null : sum / 1e9;
	};
	const priced = reported.length + estimated.length;
	const cost = usd([...reported, ...estimated]);
	return {
		cost_usd: cost,
		cost_per_call_usd: cost === null ? null : cost / priced,
		priced_calls: priced,
		unpriced_calls: calls.length - priced,
		reported_cost_usd: usd(reported),
		reported_calls: reported.length,
		estimated_cost_usd: usd(estimated),
		estimated_calls: estimated.length,
	};
}

function sumKnown(values: readonly (number | null)[]): number | null {
	let sum: number | null = null;
	for (const value of values) if (value !== null) sum = (sum ?? 0) + value;
	return sum;
}

function edgesOf(calls: readonly Call[]) {
	const times = sorted(calls, (one, other) => one.at - other.at).map(({ at }) => microMoment(at));
	return { oldest: times[0] ?? null, newest: times.at(-1) ?? null };
}
