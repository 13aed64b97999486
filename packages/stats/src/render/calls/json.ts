import type { Calls } from "../../calls/calls.ts";
import type { Trend } from "../../calls/trend.ts";
import { callRecord } from "./record.ts";

/** The calls of an overview under stable snake_case names. The entries of every `trend` belong to `buckets.starts`. */
export function callsJson({ total, groups, ...calls }: Calls) {
	return {
		data_through: calls.dataThrough,
		newest_ever: calls.newestEver,
		percentile_error: calls.percentileError,
		buckets: calls.buckets,
		total: { ...callRecord(total), trend: trendRecord(total.trend) },
		groups: groups.map((group) => ({
			name: group.name,
			...callRecord(group),
			trend: group.trend && trendRecord(group.trend),
		})),
	};
}

function trendRecord({ calls, costUsd }: Trend) {
	return { calls, cost_usd: costUsd };
}
